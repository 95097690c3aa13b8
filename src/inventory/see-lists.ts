import type { AccountView } from "./account-view.js";
import type { DirectoryFacts } from "./directory.js";
import type { Account } from "./principal.js";
import type { ResourceFacts } from "./resource.js";
import type { SourceFinding } from "./source.js";

/** A directory is a fact of the account that manages it, with its folders, its members and what hangs on them. */
export function directoriesSeen(facts: DirectoryFacts, { isSeen }: AccountView): DirectoryFacts {
  const directories = facts.directories.filter(({ managementAccountId }) => isSeen(managementAccountId));
  const ids = new Set(directories.map(({ id }) => id));
  const within = <T extends { readonly directoryId: string }>(rows: readonly T[]) =>
    rows.filter(({ directoryId }) => ids.has(directoryId));
  return {
    directories,
    folders: within(facts.folders),
    members: within(facts.members),
    controlAttachments: within(facts.controlAttachments),
  };
}

/** @param accounts all that are imported */
export function resourcesSeen(
  facts: ResourceFacts,
  accounts: readonly Pick<Account, "id">[],
  view: AccountView,
): ResourceFacts {
  return {
    resourceGroups: ownRows(facts.resourceGroups, view),
    groupedResources: ownRows(facts.groupedResources, view),
    // Which types can be in a group is the cloud's to say, but only exports tell it.
    groupSupports: accounts.some(({ id }) => view.isSeen(id)) ? facts.groupSupports : [],
    resourceTags: ownRows(facts.resourceTags, view),
    resourcePolicies: ownRows(facts.resourcePolicies, view),
  };
}

/** A finding of a seen source may still tell of another one that holds over it. */
export function findingsSeen(
  findings: readonly SourceFinding[],
  { isSourceSeen, hidden }: AccountView,
): readonly SourceFinding[] {
  return findings.filter(
    ({ sourceKey, message }) => isSourceSeen(sourceKey) && !hidden.some((accountId) => message.includes(accountId)),
  );
}

/** Rows of accounts that are seen. */
export function ownRows<T extends { readonly accountId?: string }>(
  rows: readonly T[],
  { isSeen }: AccountView,
): readonly T[] {
  return rows.filter(({ accountId }) => isSeen(accountId));
}
