import { CATALOG_ACCOUNT, type Key } from "./keys.js";

/** Whose facts somebody sees who may see some accounts only. */
export interface AccountView {
  /** What belongs to no account is the cloud's, and for everybody, as the catalog is. */
  readonly isSeen: (accountId: string | undefined) => boolean;
  readonly isSourceSeen: (source: Key) => boolean;
  /** Accounts of exports that are not seen. */
  readonly hidden: readonly string[];
}

/** @param accountOfSource the account that an export is of, by the source's key; pages have none */
export function accountViewOf(accountIds: ReadonlySet<string>, accountOfSource: ReadonlyMap<Key, string>): AccountView {
  const isSeen = (accountId: string | undefined) =>
    accountId === undefined || accountId === CATALOG_ACCOUNT || accountIds.has(accountId);
  return {
    isSeen,
    isSourceSeen: (source) => isSeen(accountOfSource.get(source)),
    hidden: [...accountOfSource.values()].filter((accountId) => !isSeen(accountId)),
  };
}
