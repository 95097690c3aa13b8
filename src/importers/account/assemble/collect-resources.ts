import { sortByKey } from "../../../inventory/byte-order.js";
import type { Key } from "../../../inventory/keys.js";
import type {
  GroupedResource,
  GroupSupport,
  ResourceFacts,
  ResourceGroup,
  ResourcePolicy,
  ResourceTag,
} from "../../../inventory/resource.js";
import type { Placed } from "../said.js";
import { contradiction } from "./contradiction.js";
import { demandAccount } from "./find-account.js";
import type { SaidByKind } from "./group-said.js";

/**
 * Resource groups and what is in them, tags, and policies of resources, in the order of their keys.
 * @throws Refused where a row is another account's, or two rows contradict each other
 */
export function collectResources(said: SaidByKind, accountId: string): ResourceFacts {
  for (const { accountId: owner, where } of said.resourceGroup)
    if (owner !== undefined) demandAccount(accountId, owner, where);
  for (const { owner, where } of said.tag) if (owner !== "") demandAccount(accountId, owner, where);
  const groups = said.resourceGroup.map(({ id, name }): ResourceGroup => ({ accountId, id, name }));
  return {
    resourceGroups: sortByKey(new Map(groups.map((group) => [group.id, group])).values(), ({ id }) => id),
    groupedResources: collectGrouped(said, accountId),
    groupSupports: collectSupports(said),
    resourceTags: collectTags(said, accountId),
    resourcePolicies: collectResourcePolicies(said, accountId),
  };
}

function collectGrouped({ resource }: SaidByKind, accountId: string): readonly GroupedResource[] {
  const settled = settleOne(
    resource,
    ({ service, resourceType, regionId = "", resourceId }) => joinKey(service, resourceType, regionId, resourceId),
    ({ resourceGroupId }) => resourceGroupId,
    ({ resourceId }) => `resource \`${resourceId}\` is in two resource groups`,
  );
  return settled.map(({ service, resourceType, resourceId, regionId, resourceGroupId }) => ({
    accountId,
    service,
    resourceType,
    resourceId,
    ...(regionId === undefined ? {} : { regionId }),
    resourceGroupId,
  }));
}

function collectSupports({ groupSupport }: SaidByKind): readonly GroupSupport[] {
  const supports = groupSupport.map(({ service, resourceType }) => ({ service, resourceType, isSupported: true }));
  const keyOf = ({ service, resourceType }: GroupSupport): Key => joinKey(service, resourceType);
  return sortByKey(new Map(supports.map((support) => [keyOf(support), support])).values(), keyOf);
}

function collectTags({ tag }: SaidByKind, accountId: string): readonly ResourceTag[] {
  const settled = settleOne(
    tag,
    ({ arn, key }) => joinKey(arn, key),
    ({ value }) => value,
    ({ arn, key }) => `tag \`${key}\` of \`${arn}\` has two values`,
  );
  return settled.map(({ arn, key, value }) => ({ accountId, arn, key, value }));
}

function collectResourcePolicies({ bucketPolicy }: SaidByKind, accountId: string): readonly ResourcePolicy[] {
  const settled = settleOne(
    bucketPolicy,
    ({ bucket }) => bucket,
    ({ documentText }) => documentText,
    ({ bucket }) => `bucket \`${bucket}\` has two policies`,
  );
  return settled.map(({ bucket: resource, documentText }) => ({
    accountId,
    kind: "OSS_BUCKET",
    resource,
    documentText,
  }));
}

/** No part holds a NUL, so parts cannot run into each other. */
const joinKey = (...parts: readonly string[]): Key => parts.join("\0");

/** One row for each key, in their order; rows of one key have to agree. */
function settleOne<T extends Placed>(
  rows: readonly T[],
  keyOf: (row: T) => Key,
  meaningOf: (row: T) => string,
  describe: (row: T) => string,
): readonly T[] {
  const settled = new Map<Key, T>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = settled.get(key);
    if (known === undefined) settled.set(key, row);
    else if (meaningOf(known) !== meaningOf(row)) throw contradiction(describe(row), known.where, row.where);
  }
  return sortByKey(settled, ([key]) => key).map(([, row]) => row);
}
