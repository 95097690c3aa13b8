import type { IncomingMessage } from "node:http";
import type { AuthConfig } from "../../app/auth-settings.js";
import { ANYBODY } from "../../app/create-context.js";
import type { Log } from "../../app/log.js";
import type { TokenBook } from "../../app/token-book.js";
import type { Viewer } from "../../graphql/request-context.js";
import { createJwtReader } from "./read-jwt.js";
import { refuseToken } from "./refuse-token.js";

/** Tells from the `Authorization` headers of a request who asks. Node lists them when they are read. */
export type Authenticate = (request: Pick<IncomingMessage, "headersDistinct">) => Promise<Viewer>;

/** No token comes near, and what is longer is not looked at. */
const LONGEST = 8_192;

/**
 * Makes the gate that every question passes.
 *
 * @param tokens API tokens, where they are taken
 * @returns a function that throws HttpRefusal: 401 for whoever has no valid token, 503 while the issuer's keys cannot be had
 */
export function createAuthenticate(
  { takesTokens, oidc }: AuthConfig,
  tokens: TokenBook | undefined,
  log: Log,
): Authenticate {
  if (!takesTokens && oidc === undefined) return async () => ANYBODY;
  const readJwt = oidc && createJwtReader(oidc, log);
  return async ({ headersDistinct }) => {
    const token = bearerOf(headersDistinct.authorization);
    if (token === undefined) throw refuseToken();
    const own = takesTokens ? tokens?.find(token, new Date()) : undefined;
    if (own !== undefined) return viewerOf(own.name, own.accountIds, own.mayExplore);
    if (readJwt === undefined || !looksLikeJwt(token)) throw refuseToken();
    const { name, accountIds, mayExplore } = await readJwt(token);
    return viewerOf(name, accountIds, mayExplore);
  };
}

/** Of two headers a proxy in front may have looked at the other one. */
function bearerOf([authorization = "", ...more]: readonly string[] = []): string | undefined {
  if (more.length > 0 || authorization.length > LONGEST) return undefined;
  return /^Bearer ([\w.~+/=-]+)$/i.exec(authorization)?.[1];
}

function looksLikeJwt(token: string): boolean {
  return token.split(".").length === 3;
}

function viewerOf(name: string, accountIds: readonly string[] | null, mayExplore: boolean): Viewer {
  return accountIds === null
    ? { name, seesAllAccounts: true, mayExplore }
    : { name, seesAllAccounts: false, accountIds, mayExplore };
}
