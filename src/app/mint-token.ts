import { addApiToken } from "../store/api-tokens.js";
import type { Database } from "../store/database.js";
import { digestSecret, makeApiToken, writeApiToken } from "./api-token-text.js";
import { Failure } from "./failure.js";

/** What a new token is to be. */
export interface TokenWish {
  readonly name: string;
  /** Null for all accounts. */
  readonly accountIds: readonly string[] | null;
  readonly mayExplore: boolean;
  /** Seconds from now. */
  readonly lifetime: number;
}

/** A token that was made; its text is shown once and kept nowhere. */
export interface MintedToken {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: Date;
}

const LONGEST_NAME = 128;

/**
 * Makes an API token and keeps the digest of its secret.
 *
 * @throws Failure for a name or an account id that cannot be one
 */
export async function mintToken(
  db: Database,
  { name, accountIds, mayExplore, lifetime }: TokenWish,
): Promise<MintedToken> {
  if (name.trim() === "" || name.length > LONGEST_NAME || /\p{C}/u.test(name)) {
    throw new Failure(`a token's name is 1 to ${LONGEST_NAME} visible characters`);
  }
  const odd = (accountIds ?? []).find((id) => !/^\d{1,32}$/.test(id));
  if (odd !== undefined) throw new Failure(`\`${odd}\` is no account id; those are digits, such as 1234567890123456`);
  const text = makeApiToken();
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + lifetime * 1_000);
  const secretSha256 = digestSecret(text.secret);
  await addApiToken(db, {
    id: text.id,
    name,
    secretSha256,
    accountIds,
    mayExplore,
    createdAt,
    expiresAt,
    revokedAt: null,
  });
  return { id: text.id, token: writeApiToken(text), expiresAt };
}
