import { accountViewOf } from "./account-view.js";
import { sortByKey } from "./byte-order.js";
import { choosePolicies, type PolicyClaim } from "./choose-policies.js";
import type { Inventory } from "./inventory.js";
import { keyOfPolicy } from "./key-of-policy.js";
import type { Key } from "./keys.js";
import { directoriesSeen, findingsSeen, ownRows, resourcesSeen } from "./see-lists.js";

/** Facts as they are before sources complete each other, with what each source says of the cloud's own policies. */
export interface RawFacts extends Omit<Inventory, "attachments" | "memberships"> {
  readonly claims: readonly PolicyClaim[];
  /** The account that an export is of, by the source's key; pages have none. */
  readonly accountOfSource: ReadonlyMap<Key, string>;
}

/**
 * The world as somebody sees it who may see some accounts only: facts of the others are not there at all, exactly as if those
 * accounts had never been imported. The catalog is for everybody. A policy of the cloud's own that several exports state in
 * different versions is chosen anew among the sources that are seen.
 */
export function seeAccounts(
  inventory: RawFacts,
  accountIds: ReadonlySet<string>,
): Omit<Inventory, "attachments" | "memberships"> {
  const view = accountViewOf(accountIds, inventory.accountOfSource);
  const chosen = choosePolicies(inventory.claims.filter(({ sourceKey }) => view.isSourceSeen(sourceKey)));
  const owned = inventory.policies.filter(({ accountId }) => accountId !== undefined && view.isSeen(accountId));
  const { claims: _claims, accountOfSource: _accounts, ...facts } = inventory;
  return {
    ...facts,
    users: ownRows(inventory.users, view),
    groups: ownRows(inventory.groups, view),
    roles: ownRows(inventory.roles, view),
    ...directoriesSeen(inventory, view),
    sources: inventory.sources.filter(({ key }) => view.isSourceSeen(key)),
    accounts: inventory.accounts.filter(({ id }) => view.isSeen(id)),
    policies: sortByKey([...owned, ...chosen.policies], keyOfPolicy),
    ...resourcesSeen(inventory, inventory.accounts, view),
    findings: findingsSeen(inventory.findings, view),
    gaps: ownRows(inventory.gaps, view),
  };
}
