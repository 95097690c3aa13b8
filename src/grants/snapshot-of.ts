import type { Snapshot } from "./snapshot.js";

/**
 * The same snapshot as an object like all others. An object that is spread and added to has a shape of its own, and whatever
 * reads snapshots would be slow for each that was not seen before, as every what-if is.
 */
export function snapshotOf(parts: Snapshot): Snapshot {
  // Named one by one, also those that may be left out: none can be forgotten.
  const whole: { readonly [Part in keyof Required<Snapshot>]: Snapshot[Part] } = {
    revision: parts.revision,
    committedAt: parts.committedAt,
    inventory: parts.inventory,
    catalog: parts.catalog,
    actionIndex: parts.actionIndex,
    policies: parts.policies,
    principals: parts.principals,
    principalByKey: parts.principalByKey,
    reach: parts.reach,
    reachedBy: parts.reachedBy,
    accounts: parts.accounts,
    users: parts.users,
    groups: parts.groups,
    roles: parts.roles,
    sources: parts.sources,
    groupsOfUser: parts.groupsOfUser,
    usersOfGroup: parts.usersOfGroup,
    attachmentsOfPrincipal: parts.attachmentsOfPrincipal,
    attachmentsOfPolicy: parts.attachmentsOfPolicy,
    trusts: parts.trusts,
    controlLevels: parts.controlLevels,
    ramIds: parts.ramIds,
    groupIndex: parts.groupIndex,
    bucketPolicies: parts.bucketPolicies,
    tagsOf: parts.tagsOf,
    findingsOf: parts.findingsOf,
    hypothesis: parts.hypothesis,
  };
  return whole;
}
