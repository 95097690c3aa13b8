import { createHash } from "node:crypto";
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { isPrivate, type OidcConfig } from "../../app/auth-settings.js";
import type { Log } from "../../app/log.js";
import { HttpRefusal } from "../reply.js";
import { refuseToken } from "./refuse-token.js";

/** What a JSON Web Token says of its bearer. */
export interface Bearer {
  readonly name: string;
  /** Null for all. */
  readonly accountIds: readonly string[] | null;
  readonly mayExplore: boolean;
}

export type ReadJwt = (token: string) => Promise<Bearer>;

/** Seconds by which the clocks of the issuer and of this server may differ. */
const SKEW = 60;
/** Verifying costs a tenth of a millisecond and more; dashboards send one token many times. */
const REMEMBERED = 1_000;
/** Milliseconds for the issuer to give its keys. */
const PATIENCE = 5_000;
const EXPLORE = "ramgraph.explore";

interface Remembered {
  readonly bearer: Bearer;
  /** Seconds since 1970. */
  readonly until: number;
}

/** Reads tokens of one issuer: signature, algorithm, issuer, audience and times must be right, and accounts must be named. */
export function createJwtReader(config: OidcConfig, log: Log): ReadJwt {
  const getKey = keysOf(config);
  const known = new Map<string, Remembered>();
  return async (token) => {
    const key = createHash("sha256").update(token).digest("base64url");
    const remembered = known.get(key);
    if (remembered !== undefined && remembered.until > Date.now() / 1_000) return remembered.bearer;
    known.delete(key);
    const payload = await verify(token, config, getKey).catch((error: unknown) => {
      if (!isIssuerAway(error)) throw refuseToken();
      // The bearer learns that it is not the token, the operator what it is.
      log.warn({ issuer: config.issuer, reason: reasonOf(error) }, AWAY);
      throw new HttpRefusal(503, `${AWAY}; try again soon`);
    });
    const bearer = bearerIn(payload, config);
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, { bearer, until: Math.min((payload.exp ?? 0) + SKEW, Date.now() / 1_000 + REMEMBERED_SECONDS) });
    return bearer;
  };
}

/** A key that the issuer takes back is believed no longer than that. */
const REMEMBERED_SECONDS = 300;

const AWAY = "the issuer of tokens cannot be reached";

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

async function verify(token: string, config: OidcConfig, getKey: JWTVerifyGetKey): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, getKey, {
    issuer: config.issuer,
    audience: config.audience,
    algorithms: [...config.algorithms],
    clockTolerance: SKEW,
    requiredClaims: ["exp", config.nameClaim, config.accountsClaim],
  });
  return payload;
}

/** What jose throws for tokens is of its own kind; everything else comes from the way to the issuer. */
function isIssuerAway(error: unknown): boolean {
  return (
    !(error instanceof errors.JOSEError) ||
    error instanceof errors.JWKSTimeout ||
    error.constructor === errors.JOSEError
  );
}

/** `JWKSNoMatchingKey` makes jose ask again, so that a new key is taken without a restart. */
function keysOf({ issuer, jwksUrl }: OidcConfig): JWTVerifyGetKey {
  const options = { timeoutDuration: PATIENCE, cooldownDuration: 30_000, cacheMaxAge: 600_000 };
  if (jwksUrl !== undefined) return createRemoteJWKSet(new URL(jwksUrl), options);
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    found ??= discover(issuer).then((url) => createRemoteJWKSet(url, options));
    found.catch(() => {
      found = undefined;
    });
    return await (await found)(header, token);
  };
}

async function discover(issuer: string): Promise<URL> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE), redirect: "error" });
  if (!response.ok) throw new Error(`${address} answers with status ${response.status}`);
  const document: unknown = await response.json();
  const named = typeof document === "object" && document !== null ? new Map(Object.entries(document)) : new Map();
  const jwksUri: unknown = named.get("jwks_uri");
  if (named.get("issuer") !== issuer || typeof jwksUri !== "string") {
    throw new Error(`${address} is not the discovery document of ${issuer}`);
  }
  const url = new URL(jwksUri);
  if (!isPrivate(url)) throw new Error(`${address} names keys that are not at an https address`);
  return url;
}

function bearerIn(payload: JWTPayload, { nameClaim, accountsClaim }: OidcConfig): Bearer {
  const name = payload[nameClaim];
  if (typeof name !== "string" || name === "" || name.length > 256) throw refuseToken();
  const scopes = typeof payload.scope === "string" ? payload.scope.split(" ") : [];
  return { name, accountIds: accountsIn(payload[accountsClaim]), mayExplore: scopes.includes(EXPLORE) };
}

/** A list of account ids, or the word `all`; anything else is no permission to see anything. */
function accountsIn(value: unknown): readonly string[] | null {
  if (value === "all") return null;
  if (!Array.isArray(value) || value.length === 0 || value.length > 1_000) throw refuseToken();
  return value.map((each: unknown) => {
    if (typeof each !== "string" || !/^\d{1,32}$/.test(each)) throw refuseToken();
    return each;
  });
}
