import { type ApiToken, listApiTokens, revokeApiToken } from "../store/api-tokens.js";
import type { Database } from "../store/database.js";
import { Failure } from "./failure.js";

/** A token as it may be shown. */
export interface ListedToken {
  readonly id: string;
  readonly name: string;
  readonly accountIds: readonly string[] | null;
  readonly mayExplore: boolean;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly state: "VALID" | "EXPIRED" | "REVOKED";
}

/** All tokens, without what proves them. */
export async function listTokens(db: Database, now = new Date()): Promise<readonly ListedToken[]> {
  const tokens = await listApiTokens(db);
  return tokens.map(({ id, name, accountIds, mayExplore, createdAt, expiresAt, ...rest }) => ({
    id,
    name,
    accountIds,
    mayExplore,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    state: stateOf({ expiresAt, ...rest }, now),
  }));
}

function stateOf({ revokedAt, expiresAt }: Pick<ApiToken, "revokedAt" | "expiresAt">, now: Date): ListedToken["state"] {
  if (revokedAt !== null) return "REVOKED";
  return expiresAt > now ? "VALID" : "EXPIRED";
}

/**
 * Ends a token; running servers know within a second.
 *
 * @throws Failure when no valid token has this id
 */
export async function revokeToken(db: Database, id: string): Promise<void> {
  if (await revokeApiToken(db, id, new Date())) return;
  throw new Failure(`no token \`${id}\` is there that could be revoked; \`ramgraph token list\` shows those that are`);
}
