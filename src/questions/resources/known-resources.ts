import { policyArn, principalArn } from "../../grants/arn-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { compareBytes } from "../../inventory/byte-order.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
import type { GroupedResource } from "../../inventory/resource.js";
import { type RequestResource, readRequestArn } from "../../policy/arn.js";

/**
 * Resources that imports have named: members of resource groups, what carries tags, buckets with policies of their own, and the
 * users, groups, roles and policies of accounts. Each once, in byte order of ARNs; a name whose region is left open is left
 * out where the same one is known with its region.
 */
export function knownResources(snapshot: Snapshot): readonly RequestResource[] {
  const known = cache.get(snapshot) ?? collect(snapshot);
  cache.set(snapshot, known);
  return known;
}

const cache = new WeakMap<Snapshot, readonly RequestResource[]>();

function collect(snapshot: Snapshot): readonly RequestResource[] {
  const { groupedResources, resourceTags } = snapshot.inventory;
  const arns = [
    ...groupedResources.map(arnOfMember),
    ...resourceTags.map(({ arn }) => arn),
    ...[...snapshot.bucketPolicies].map(([name, { accountId }]) => `acs:oss:*:${accountId}:${name}`),
    ...identities(snapshot),
  ];
  const read = arns.flatMap((arn) => readRequestArn(arn) ?? []);
  const byName = new Map(read.map((resource) => [resource.folded, resource]));
  const located = new Set([...byName.values()].filter(({ segments }) => segments?.[2] !== "*").map(withoutRegion));
  return [...byName.values()]
    .filter((resource) => resource.segments?.[2] !== "*" || !located.has(withoutRegion(resource)))
    .toSorted((left, right) => compareBytes(left.text, right.text));
}

function withoutRegion({ segments = ["", "", "", "", ""] }: RequestResource): string {
  return [segments[1], segments[3], segments[4]].join(":");
}

/** Resource Management names a type and an id; buckets go by their name alone. */
export function arnOfMember({ service, regionId, accountId, resourceType, resourceId }: GroupedResource): string {
  const name = service === "oss" ? resourceId : `${resourceType}/${resourceId}`;
  return `acs:${service}:${regionId ?? "*"}:${accountId}:${name}`;
}

function identities({ principals, groups, policies }: Snapshot): readonly string[] {
  return [
    ...principals.filter(({ accountId }) => accountId !== CATALOG_ACCOUNT).map(({ arn }) => arn),
    ...[...groups.values()].map(({ accountId, name }) => principalArn("group", accountId, name)),
    ...[...policies.values()].flatMap(({ policy }) => (policy.type === "CUSTOM" ? [policyArn(policy)] : [])),
  ];
}
