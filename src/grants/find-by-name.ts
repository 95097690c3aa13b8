import { CATALOG_ACCOUNT, type Key } from "../inventory/keys.js";
import type { Snapshot } from "./snapshot.js";

/** What a look-up by name finds: one fact, none, or the same name in several accounts. */
export type NameMatch<T> =
  | { readonly kind: "ONE"; readonly fact: T }
  | { readonly kind: "NONE" }
  | { readonly kind: "SEVERAL"; readonly accountIds: readonly string[] };

/**
 * Looks a name up in one account, or in all of them. The catalog answers only when no account has the name.
 * @param keyIn key of the name in an account
 * @param accountId digits, or `catalog`; left out, every account
 */
export function findByName<T>(
  { accounts }: Snapshot,
  facts: ReadonlyMap<Key, T>,
  keyIn: (accountId: string) => Key,
  accountId?: string,
): NameMatch<T> {
  const searched = accountId === undefined ? [...accounts.keys()] : [accountId];
  const bearers = searched.filter((id) => facts.has(keyIn(id)));
  if (bearers.length > 1) return { kind: "SEVERAL", accountIds: bearers };
  const fact = facts.get(keyIn(bearers[0] ?? accountId ?? CATALOG_ACCOUNT));
  return fact === undefined ? { kind: "NONE" } : { kind: "ONE", fact };
}
