import { createHmac } from "node:crypto";
import type { JWTPayload } from "jose";
import { type Issuer, soon, writeToken } from "./issuer.js";

/** Takes the place of the expiry that a token has otherwise. */
const NEVER: Record<string, unknown> = { exp: undefined };

/** Claims other than those that are right, and what a server says to them; times are seconds from now. */
export const CLAIMS: readonly [string, Claims, number][] = [
  ["a minute of skew", { exp: -30 }, 200],
  ["more than a minute of skew", { exp: -90 }, 401],
  ["to be valid within a minute", { nbf: 30 }, 200],
  ["not yet valid", { nbf: 120 }, 401],
  ["one of several audiences", { aud: ["other", "ramgraph-test"] }, 200],
  ["another audience", { aud: "other" }, 401],
  ["no audience", { aud: undefined }, 401],
  ["another issuer", { iss: "http://127.0.0.1:1" }, 401],
  ["no issuer", { iss: undefined }, 401],
  ["no name", { sub: undefined }, 401],
  ["an empty name", { sub: "" }, 401],
  ["no accounts", { ramgraph_accounts: undefined }, 401],
  ["null as accounts", { ramgraph_accounts: null }, 401],
  ["a star as accounts", { ramgraph_accounts: "*" }, 401],
  ["a star among accounts", { ramgraph_accounts: ["*"] }, 401],
  ["an object as accounts", { ramgraph_accounts: { "1200000000000012": true } }, 401],
  ["a number as account", { ramgraph_accounts: [1200000000000012] }, 401],
  ["an empty list of accounts", { ramgraph_accounts: [] }, 401],
  ["__proto__ as account", { ramgraph_accounts: ["__proto__"] }, 401],
  ["NUL in an account", { ramgraph_accounts: [`1200000000000012\u0000`] }, 401],
];

interface Claims {
  readonly exp?: number;
  readonly nbf?: number;
  readonly [claim: string]: unknown;
}

/** Tokens that no server may take, by what is wrong with each. */
export function refusedTokens(issuerOf: () => Issuer): readonly [string, () => Promise<string>][] {
  const claims = () => {
    const { url, audience } = issuerOf();
    return { iss: url, aud: audience, sub: "m", exp: soon(300), ramgraph_accounts: "all" };
  };
  return [
    ...["none", "None", "NONE", "nOnE", ""].map((alg): [string, () => Promise<string>] => [
      `without a signature, alg ${JSON.stringify(alg)}`,
      async () => writeToken({ alg }, claims(), ""),
    ]),
    ["signed by another key", () => issuerOf().forge({}, {}, "another key")],
    [
      "signed by the public key as a secret",
      () => issuerOf().forge({}, { alg: "HS256" }, "the public key as a secret"),
    ],
    [
      "signed by the public key as a longer secret",
      () => issuerOf().forge({}, { alg: "HS512" }, "the public key as a secret"),
    ],
    [
      "signed by the public key as another secret",
      () => issuerOf().forge({}, { alg: "HS384" }, "the public key as a secret"),
    ],
    ["signed with a weak secret", async () => signWith("secret", claims())],
    ["signed with no secret at all", async () => signWith("\u0000", claims())],
    ["without a key's id, by another key", () => issuerOf().forge({}, { kid: undefined }, "another key")],
    ["with an algorithm that is not allowed", async () => writeToken({ alg: "RS512", kid: "key-1" }, claims())],
    ["that never expires", () => issuerOf().sign(NEVER)],
    [
      "that brings its own key",
      () => issuerOf().forge({}, { jwk: { kty: "RSA", n: "AQAB", e: "AQAB" } }, "another key"),
    ],
    ["that names where its key is", () => issuerOf().forge({}, { jku: "http://127.0.0.1:1/keys" }, "another key")],
    ["that names a certificate", () => issuerOf().forge({}, { x5u: "http://127.0.0.1:1/c" }, "another key")],
    ["whose key id leads elsewhere", () => issuerOf().forge({}, { kid: "../../../dev/null" }, "another key")],
    ["whose key id is SQL", () => issuerOf().forge({}, { kid: "' OR 1=1 --" }, "another key")],
    ["with critical headers that nobody knows", async () => writeToken({ alg: "RS256", crit: ["x"], x: 1 }, claims())],
    ["whose payload is not encoded", async () => writeToken({ alg: "RS256", b64: false, crit: ["b64"] }, claims())],
    ["that says it needs no encoding", async () => writeToken({ alg: "RS256", b64: false }, claims())],
    ["whose critical headers are no list", async () => writeToken({ alg: "RS256", crit: "exp" }, claims())],
    ["whose header is null", async () => writeToken(null, claims())],
    ["whose header is a text", async () => writeToken("RS256", claims())],
    ["whose algorithm is a list", async () => writeToken({ alg: ["none", "RS256"] }, claims(), "")],
    ["of five parts, as encrypted ones have", async () => `${await issuerOf().sign()}.AAAA.AAAA`],
    [
      "with the signature of another",
      async () => swapSignatures(await issuerOf().sign(), await issuerOf().sign({ sub: "b" })),
    ],
    ["whose payload is null", async () => writeToken({ alg: "RS256", kid: "key-1" }, null)],
    ["whose payload is a list", async () => writeToken({ alg: "RS256", kid: "key-1" }, [])],
    [
      "with an expiry that is a text",
      async () => writeToken({ alg: "RS256", kid: "key-1" }, { ...claims(), exp: "never" }),
    ],
    ...["null", "[]", '"all"', "1", "", "{", "\u0000", "{}"].map((payload): [string, () => Promise<string>] => [
      `rightly signed, whose payload is ${JSON.stringify(payload)}`,
      () => issuerOf().signText(payload),
    ]),
    ["rightly signed, with an expiry that is a text", () => issuerOf().sign({ exp: String(soon(300)) })],
    ["rightly signed, with an expiry that is an object", () => issuerOf().sign({ exp: { seconds: soon(300) } })],
    ["rightly signed, with an expiry that is no number", () => issuerOf().sign({ exp: null })],
    ["rightly signed, whose name is an object", () => issuerOf().sign({ sub: { toString: "x" } })],
    ["of twelve kilobytes", async () => `${await issuerOf().sign()}${"A".repeat(12_000)}`],
    [
      "with one bit of its signature turned",
      async () => (await issuerOf().sign()).replace(/.(?=.{9}$)/, (one) => (one === "A" ? "B" : "A")),
    ],
  ];
}

async function signWith(secret: string, payload: JWTPayload): Promise<string> {
  const header = { alg: "HS256", kid: "key-1" };
  const signed = writeToken(header, payload, "").slice(0, -1);
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const swapSignatures = (one: string, other: string) =>
  `${one.slice(0, one.lastIndexOf("."))}${other.slice(other.lastIndexOf("."))}`;
