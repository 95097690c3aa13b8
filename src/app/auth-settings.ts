import { z } from "zod";
import { isLoopback } from "./loopback.js";

/** How callers prove who they are. Without any, everybody who reaches the server may ask. */
export interface AuthConfig {
  /** API tokens of `ramgraph token`. */
  readonly takesTokens: boolean;
  readonly oidc: OidcConfig | undefined;
}

/** Whose JSON Web Tokens are believed, and what in them says what their bearer sees. */
export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Left out, the issuer's discovery document names it. */
  readonly jwksUrl: string | undefined;
  readonly algorithms: readonly string[];
  readonly accountsClaim: string;
  readonly nameClaim: string;
}

/** Signatures that need the issuer's private key; everything else can be forged by whoever verifies. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const METHODS = ["tokens", "oidc"];
/** Claims with a meaning of their own, and names that are no plain data in JavaScript. */
const TAKEN_CLAIMS = new Set(["iss", "aud", "exp", "nbf", "iat", "jti", "__proto__", "constructor", "prototype"]);

const claim = z.string().refine((name) => /^[\w.:/-]{1,128}$/.test(name) && !TAKEN_CLAIMS.has(name), {
  error: "must name a claim of its own, such as ramgraph_accounts",
});
const secureUrl = z.string().refine(isSecureUrl, "must be an https address without user, query or fragment");

export const authShape = {
  RAMGRAPH_AUTH: z
    .string()
    .transform(listOf)
    .refine((methods) => methods.length > 0 && methods.every((each) => METHODS.includes(each)), {
      error: "must be tokens, oidc or tokens,oidc",
    })
    .optional(),
  RAMGRAPH_OIDC_ISSUER: secureUrl.optional(),
  RAMGRAPH_OIDC_AUDIENCE: z.string().max(256, "must be at most 256 characters").optional(),
  RAMGRAPH_OIDC_JWKS_URL: secureUrl.optional(),
  RAMGRAPH_OIDC_ALGORITHMS: z
    .string()
    .default("RS256,PS256,ES256,EdDSA")
    .transform(listOf)
    .refine((names) => names.length > 0 && names.every((name) => ALGORITHMS.includes(name)), {
      error: `must be a list of ${ALGORITHMS.join(", ")}: none and shared secrets are not taken`,
    }),
  RAMGRAPH_OIDC_ACCOUNTS_CLAIM: claim.default("ramgraph_accounts"),
  RAMGRAPH_OIDC_NAME_CLAIM: claim.default("sub"),
} as const;

type AuthSettings = z.output<z.ZodObject<typeof authShape>>;

export function toAuthConfig(read: AuthSettings): AuthConfig {
  const methods = read.RAMGRAPH_AUTH ?? [];
  const { RAMGRAPH_OIDC_ISSUER: issuer, RAMGRAPH_OIDC_AUDIENCE: audience } = read;
  return {
    takesTokens: methods.includes("tokens"),
    oidc:
      !methods.includes("oidc") || issuer === undefined || audience === undefined
        ? undefined
        : {
            issuer,
            audience,
            jwksUrl: read.RAMGRAPH_OIDC_JWKS_URL,
            algorithms: read.RAMGRAPH_OIDC_ALGORITHMS,
            accountsClaim: read.RAMGRAPH_OIDC_ACCOUNTS_CLAIM,
            nameClaim: read.RAMGRAPH_OIDC_NAME_CLAIM,
          },
  };
}

/** Authentication that is set up by half lets in the wrong people, or nobody. */
export function findHalfAuth(read: AuthSettings, given: Readonly<Record<string, unknown>>): readonly string[] {
  const isOidc = read.RAMGRAPH_AUTH?.includes("oidc") === true;
  if (!isOidc) {
    return Object.keys(given)
      .filter((name) => name.startsWith("RAMGRAPH_OIDC_") && Object.hasOwn(authShape, name))
      .map((name) => `\`${name}\` is set but RAMGRAPH_AUTH does not say oidc, so it would change nothing`);
  }
  return (["RAMGRAPH_OIDC_ISSUER", "RAMGRAPH_OIDC_AUDIENCE"] as const)
    .filter((name) => read[name] === undefined)
    .map((name) => `\`${name}\` is not set: with RAMGRAPH_AUTH=oidc it says whose tokens, made for whom, are taken`);
}

function listOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function isSecureUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const { username, password, search, hash } = url;
  return isPrivate(url) && `${username}${password}${search}${hash}` === "";
}

/** Can nobody on the way change what is fetched from there? */
export function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}
