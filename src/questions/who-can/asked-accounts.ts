import { type Bits, maskOf, noBits } from "../../grants/bits.js";
import { principalRanges } from "../../grants/principal-ranges.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";

/** Whether principals of an account are asked about: of those named, else of all, or of the catalog where there is none. */
export function accountFilter(
  { accounts }: Snapshot,
  accountIds: ReadonlySet<string> | undefined,
): (accountId: string) => boolean {
  const hasAccounts = [...accounts.keys()].some((id) => id !== CATALOG_ACCOUNT);
  return (accountId) => accountIds?.has(accountId) ?? (accountId === CATALOG_ACCOUNT) !== hasAccounts;
}

/** Places of all who are asked about where no accounts are named. */
export function everyoneAsked(snapshot: Snapshot): Bits {
  const isAsked = accountFilter(snapshot, undefined);
  const who = noBits(snapshot.principals.length);
  for (const { accountId, start, end } of principalRanges(snapshot.principals).accounts) {
    if (!isAsked(accountId)) continue;
    for (let word = start >>> 5; word * 32 < end; word++) who[word] = (who[word] ?? 0) | maskOf(word, start, end);
  }
  return who;
}
