import { asciiLower } from "../policy/ascii.js";
import { filterInSteps } from "./filter-in-steps.js";
import type { Named } from "./name-order.js";

/** What is wanted of facts that belong to accounts. An empty list of accounts is held by none. */
export interface NameFilter {
  /** A literal part of the name; letter case ignored. */
  readonly nameContains?: string | null | undefined;
  readonly accountIds?: readonly string[] | null | undefined;
}

/** The rows that are wanted, in their order. Without a filter it is the list itself. */
export function* filterNamed<T extends { readonly accountId: string }>(
  rows: readonly Named<T>[],
  { nameContains, accountIds }: NameFilter,
): Generator<undefined, readonly Named<T>[], undefined> {
  const part = asciiLower(nameContains ?? "");
  if (part === "" && !accountIds) return rows;
  const accounts = accountIds && new Set(accountIds);
  return yield* filterInSteps(
    rows,
    ({ row, folded }) => (!accounts || accounts.has(row.accountId)) && folded.includes(part),
  );
}
