import type { Database } from "../../store/database.js";
import type { AuthConfig } from "../auth-settings.js";
import type { Config } from "../config.js";
import { isLoopback } from "../loopback.js";
import { listTokens } from "../run-tokens.js";
import { type Check, failed, passed, warned } from "./check.js";

/** Milliseconds for the issuer of tokens to answer. */
const PATIENCE = 5_000;

/** Who may ask, and whether those who may can prove it. */
export async function checkAuth({ auth, host }: Config): Promise<readonly Check[]> {
  if (auth.oidc !== undefined) return [await checkIssuer(auth.oidc)];
  if (auth.takesTokens) return [passed("authentication", "API tokens")];
  if (isLoopback(host)) return [passed("authentication", "none: this machine alone may ask")];
  const hint = "set RAMGRAPH_AUTH, or see that a proxy keeps strangers out";
  return [warned("authentication", `none: everybody who reaches ${host} reads all permissions`, hint)];
}

async function checkIssuer({ issuer, jwksUrl }: NonNullable<AuthConfig["oidc"]>): Promise<Check> {
  const url = jwksUrl ?? `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const hint = "check RAMGRAPH_OIDC_ISSUER and RAMGRAPH_OIDC_JWKS_URL, and that this machine reaches them";
  try {
    const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(PATIENCE), redirect: "error" });
    if (ok) return passed("authentication", `JSON Web Tokens of ${issuer}`);
    return failed("authentication", `${url} answers with status ${status}`, hint);
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return failed("authentication", `${url} cannot be reached (${reason})`, hint);
  }
}

/** Whether there is any API token, where they are taken. */
export async function checkTokens(db: Database, { takesTokens, oidc }: AuthConfig): Promise<readonly Check[]> {
  if (!takesTokens) return [];
  const valid = (await listTokens(db)).filter(({ state }) => state === "VALID").length;
  if (valid > 0 || oidc !== undefined) return [passed("tokens", `${valid} valid`)];
  return [warned("tokens", "none is valid, so nobody may ask", "make one: `ramgraph token create --help`")];
}
