import { sortByKey } from "./byte-order.js";
import { choosePolicies, type PolicyClaim } from "./choose-policies.js";
import type { DirectoryFacts } from "./directory.js";
import type { Inventory } from "./inventory.js";
import { keyOfPolicy } from "./key-of-policy.js";
import { CATALOG_ACCOUNT, type Key } from "./keys.js";

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
  const isSeen = (accountId: string | undefined) =>
    accountId === undefined || accountId === CATALOG_ACCOUNT || accountIds.has(accountId);
  const isSource = (key: Key) => isSeen(inventory.accountOfSource.get(key));
  const own = <T extends { readonly accountId: string }>(rows: readonly T[]) =>
    rows.filter(({ accountId }) => isSeen(accountId));
  const chosen = choosePolicies(inventory.claims.filter(({ sourceKey }) => isSource(sourceKey)));
  const { claims: _claims, accountOfSource: _accounts, ...facts } = inventory;
  return {
    ...facts,
    users: own(inventory.users),
    groups: own(inventory.groups),
    roles: own(inventory.roles),
    ...directoriesSeen(inventory, isSeen),
    sources: inventory.sources.filter(({ key }) => isSource(key)),
    accounts: inventory.accounts.filter(({ id }) => isSeen(id)),
    policies: sortByKey([...policiesOf(inventory, isSeen), ...chosen.policies], keyOfPolicy),
    resourceGroups: own(inventory.resourceGroups),
    groupedResources: own(inventory.groupedResources),
    // Which types can be in a group is the cloud's to say, but only exports tell it.
    groupSupports: inventory.accounts.some(({ id }) => isSeen(id)) ? inventory.groupSupports : [],
    resourceTags: own(inventory.resourceTags),
    resourcePolicies: own(inventory.resourcePolicies),
    findings: findingsSeen(inventory, isSource, isSeen),
    gaps: inventory.gaps.filter(({ accountId }) => isSeen(accountId)),
  };
}

/** Policies that accounts own. */
function policiesOf(
  { policies }: Pick<Inventory, "policies">,
  isSeen: (accountId: string) => boolean,
): Inventory["policies"] {
  return policies.filter(({ accountId }) => accountId !== undefined && isSeen(accountId));
}

/** A directory is a fact of the account that manages it, with its folders, its members and what hangs on them. */
function directoriesSeen(inventory: DirectoryFacts, isSeen: (accountId: string) => boolean) {
  const directories = inventory.directories.filter(({ managementAccountId }) => isSeen(managementAccountId));
  const ids = new Set(directories.map(({ id }) => id));
  const within = <T extends { readonly directoryId: string }>(rows: readonly T[]) =>
    rows.filter(({ directoryId }) => ids.has(directoryId));
  return {
    directories,
    folders: within(inventory.folders),
    members: within(inventory.members),
    controlAttachments: within(inventory.controlAttachments),
  };
}

/** A finding of a seen source may still tell of another one that holds over it. */
function findingsSeen(
  { findings, accountOfSource }: RawFacts,
  isSource: (key: Key) => boolean,
  isSeen: (accountId: string) => boolean,
): Inventory["findings"] {
  const hidden = [...accountOfSource.values()].filter((accountId) => !isSeen(accountId));
  return findings.filter(
    ({ sourceKey, message }) => isSource(sourceKey) && !hidden.some((accountId) => message.includes(accountId)),
  );
}
