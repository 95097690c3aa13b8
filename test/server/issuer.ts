import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { CompactSign, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** An OpenID Connect issuer on this machine, whose keys can be changed and which can go away. */
export interface Issuer {
  readonly url: string;
  readonly audience: string;
  /** A token that is right in everything that is not given. */
  readonly sign: (claims?: Readonly<Record<string, unknown>>, header?: object) => Promise<string>;
  /** Signs a payload that may be no claims at all. */
  readonly signText: (payload: string) => Promise<string>;
  /** Signs with a key that the issuer does not publish. */
  readonly forge: (
    claims: JWTPayload,
    header: object,
    key: "another key" | "the public key as a secret",
  ) => Promise<string>;
  /** Puts a new key in the place of the old. */
  readonly rotate: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const AUDIENCE = "ramgraph-test";

export async function startIssuer(): Promise<Issuer> {
  let id = 1;
  let pair = await generateKeyPair("RS256", { extractable: true });
  const other = await generateKeyPair("RS256", { extractable: true });
  const server: Server = createServer((request, response) => {
    const answer = async () => {
      if (request.url === "/.well-known/openid-configuration") return { issuer: url, jwks_uri: `${url}/keys` };
      return { keys: [{ ...(await exportJWK(pair.publicKey)), kid: `key-${id}`, use: "sig", alg: "RS256" }] };
    };
    void answer().then((body) => response.setHeader("content-type", "application/json").end(JSON.stringify(body)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const build = (claims: Readonly<Record<string, unknown>>, header: object) =>
    new SignJWT({
      iss: url,
      aud: AUDIENCE,
      sub: "dashboard",
      exp: soon(300),
      ramgraph_accounts: "all",
      ...claims,
    }).setProtectedHeader({
      alg: "RS256",
      kid: `key-${id}`,
      ...header,
    });
  return {
    url,
    audience: AUDIENCE,
    sign: (claims = {}, header = {}) => build(claims, header).sign(pair.privateKey),
    signText: (payload) =>
      new CompactSign(new TextEncoder().encode(payload))
        .setProtectedHeader({ alg: "RS256", kid: `key-${id}` })
        .sign(pair.privateKey),
    forge: async (claims, header, key) => {
      const secret = new TextEncoder().encode(await exportSPKI(pair.publicKey));
      return await build(claims, header).sign(key === "another key" ? other.privateKey : secret);
    },
    rotate: async () => {
      pair = await generateKeyPair("RS256", { extractable: true });
      id += 1;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Seconds since 1970, some seconds from now. */
export function soon(seconds: number): number {
  return Math.floor(Date.now() / 1_000) + seconds;
}

/** Writes a token by hand, so that it may be as wrong as no library would make it. */
export function writeToken(header: unknown, payload: unknown, signature = "AAAA"): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part(header)}.${part(payload)}.${signature}`;
}
