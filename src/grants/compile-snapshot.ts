import type { Inventory } from "../inventory/inventory.js";
import { groupKey, type Key, roleKey, userKey } from "../inventory/keys.js";
import { indexActions } from "./action-index.js";
import { compileBucketPolicies } from "./bucket-policies.js";
import { indexCatalog } from "./catalog-index.js";
import { compilePolicy } from "./compiled-policy.js";
import { type CompiledPrincipal, compareArns, compileRole, compileUser, groupsByUser } from "./compiled-principal.js";
import { compileTrust } from "./compiled-trust.js";
import { compileControlLevels } from "./control-levels.js";
import { groupBy, indexBy } from "./group-by.js";
import { indexGroups } from "./group-index.js";
import { reachesOf } from "./reaches-of.js";
import type { Snapshot } from "./snapshot.js";
import { indexTags } from "./tag-index.js";

/**
 * Compiles all facts of a revision. Pure: the same inventory gives the same snapshot.
 * @throws when an attachment names a policy that does not exist; the store's foreign keys exclude it
 */
export function compileSnapshot(inventory: Inventory): Snapshot {
  const attachmentsOfPrincipal = groupBy(inventory.attachments, ({ principal }) => principal);
  const groupsOfUser = groupsByUser(inventory.memberships);
  const policies = indexBy(inventory.policies.map(compilePolicy), ({ key }) => key);
  for (const { policy, principal } of inventory.attachments) {
    if (!policies.has(policy)) throw new Error(`the attachment of \`${policy}\` to \`${principal}\` has no policy`);
  }
  for (const { policy, target } of inventory.controlAttachments) {
    if (!policies.has(policy)) throw new Error(`the attachment of \`${policy}\` to \`${target}\` has no policy`);
  }
  const principals = compilePrincipals(inventory);
  return {
    revision: inventory.revision,
    committedAt: inventory.committedAt,
    inventory,
    catalog: indexCatalog(inventory),
    actionIndex: indexActions(policies.values()),
    policies,
    principals,
    principalByKey: indexBy(principals, ({ key }) => key),
    reachedBy: principalsByPolicy(principals, { attachmentsOfPrincipal, groupsOfUser }),
    accounts: indexBy(inventory.accounts, ({ id }) => id),
    users: indexBy(inventory.users, ({ accountId, name }) => userKey(accountId, name)),
    groups: indexBy(inventory.groups, ({ accountId, name }) => groupKey(accountId, name)),
    roles: indexBy(inventory.roles, ({ accountId, name }) => roleKey(accountId, name)),
    sources: indexBy(inventory.sources, ({ key }) => key),
    groupsOfUser,
    usersOfGroup: invert(groupsOfUser),
    attachmentsOfPrincipal,
    attachmentsOfPolicy: groupBy(inventory.attachments, ({ policy }) => policy),
    trusts: new Map(inventory.roles.map((role) => [roleKey(role.accountId, role.name), compileTrust(role)])),
    controlLevels: compileControlLevels(inventory, policies, inventory.gaps),
    ramIds: new Set([
      ...inventory.users.flatMap(({ userId }) => userId ?? []),
      ...inventory.roles.flatMap(({ roleId }) => roleId ?? []),
    ]),
    groupIndex: indexGroups(inventory),
    bucketPolicies: compileBucketPolicies(inventory.resourcePolicies),
    tagsOf: indexTags(inventory.resourceTags),
    findingsOf: groupBy(
      inventory.findings.filter(({ subject }) => subject !== undefined),
      ({ subject }) => subject ?? "",
    ),
  };
}

function compilePrincipals({ users, roles }: Inventory): readonly CompiledPrincipal[] {
  return [...users.map(compileUser), ...roles.map(compileRole)].sort(compareArns);
}

function principalsByPolicy(
  principals: readonly CompiledPrincipal[],
  attached: Parameters<typeof reachesOf>[0],
): ReadonlyMap<Key, readonly CompiledPrincipal[]> {
  const reached = new Map<Key, CompiledPrincipal[]>();
  for (const principal of principals) {
    for (const policy of new Set(reachesOf(attached, principal.key).map((reach) => reach.policy))) {
      const known = reached.get(policy);
      if (known === undefined) reached.set(policy, [principal]);
      else known.push(principal);
    }
  }
  return reached;
}

function invert(links: ReadonlyMap<Key, readonly Key[]>): ReadonlyMap<Key, readonly Key[]> {
  const pairs = [...links].flatMap(([from, tos]) => tos.map((to) => ({ from, to })));
  const grouped = groupBy(pairs, ({ to }) => to);
  return new Map([...grouped].map(([to, group]) => [to, group.map(({ from }) => from).sort()]));
}
