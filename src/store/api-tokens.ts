import { IsNull } from "typeorm";
import type { Database } from "./database.js";
import { ApiTokenEntity } from "./entities/api-token.entity.js";

/** A token as it is kept: everything but its secret. */
export interface ApiToken {
  /** Public part of the token, lower-case hex. */
  readonly id: string;
  readonly name: string;
  /** Digest of the secret part, lower-case hex. */
  readonly secretSha256: string;
  /** Accounts that its holder sees; null for all. */
  readonly accountIds: readonly string[] | null;
  /** Whether its holder may read the schema by introspection. */
  readonly mayExplore: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** Keeps a new token. */
export async function addApiToken(db: Database, token: ApiToken): Promise<void> {
  const { accountIds, ...rest } = token;
  await db.dataSource
    .getRepository(ApiTokenEntity)
    .insert({ ...rest, accountIds: accountIds === null ? null : [...accountIds] });
}

/** All tokens, also those that are over, in the order of their making. */
export async function listApiTokens(db: Database): Promise<readonly ApiToken[]> {
  return await db.dataSource.getRepository(ApiTokenEntity).find({ order: { createdAt: "ASC", id: "ASC" } });
}

/**
 * Ends a token.
 *
 * @param at from when on it is worth nothing
 * @returns false when no token of this id was alive
 */
export async function revokeApiToken(db: Database, id: string, at: Date): Promise<boolean> {
  const tokens = db.dataSource.getRepository(ApiTokenEntity);
  const { affected } = await tokens.update({ id, revokedAt: IsNull() }, { revokedAt: at });
  return affected === 1;
}
