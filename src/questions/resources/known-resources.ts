import { policyArn, principalArn } from "../../grants/arn-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { sortInSteps } from "../../grants/sort-in-steps.js";
import { workTogetherFor } from "../../grants/work-together.js";
import { compareBytes } from "../../inventory/byte-order.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
import type { GroupedResource } from "../../inventory/resource.js";
import { type RequestResource, readRequestArn } from "../../policy/arn.js";

/**
 * Resources that imports have named: members of resource groups, what carries tags, buckets with policies of their own, and the
 * users, groups, roles and policies of accounts. Each once, in byte order of ARNs; a name whose region is left open is left
 * out where the same one is known with its region. Yields now and then the first time that a snapshot is asked.
 */
export const knownResources = workTogetherFor(collect);

/** How many resources are looked at before others get their turn. */
const STEP = 1_000;

function* collect(snapshot: Snapshot): Generator<undefined, readonly RequestResource[], undefined> {
  const byName = new Map<string, RequestResource>();
  let seen = 0;
  for (const arn of arnsNamed(snapshot)) {
    if (++seen % STEP === 0) yield undefined;
    const resource = readRequestArn(arn);
    if (resource !== undefined) byName.set(resource.folded, resource);
  }
  const located = new Set<string>();
  for (const resource of byName.values()) {
    if (++seen % STEP === 0) yield undefined;
    if (resource.segments?.[2] !== "*") located.add(withoutRegion(resource));
  }
  const resources: RequestResource[] = [];
  for (const resource of byName.values()) {
    if (++seen % STEP === 0) yield undefined;
    if (resource.segments?.[2] !== "*" || !located.has(withoutRegion(resource))) resources.push(resource);
  }
  return yield* inOrder(resources);
}

function* inOrder(resources: readonly RequestResource[]): Generator<undefined, readonly RequestResource[], undefined> {
  const textAt = (at: number) => resources[at]?.text ?? "";
  const order = yield* sortInSteps(resources.length, (a, b) => compareBytes(textAt(a), textAt(b)));
  const sorted: RequestResource[] = [];
  for (const [at, place] of order.entries()) {
    if (at % STEP === 0) yield undefined;
    const resource = resources[place];
    if (resource !== undefined) sorted.push(resource);
  }
  return sorted;
}

function withoutRegion({ segments = ["", "", "", "", ""] }: RequestResource): string {
  return [segments[1], segments[3], segments[4]].join(":");
}

/** Resource Management names a type and an id; buckets go by their name alone. */
export function arnOfMember({ service, regionId, accountId, resourceType, resourceId }: GroupedResource): string {
  const name = service === "oss" ? resourceId : `${resourceType}/${resourceId}`;
  return `acs:${service}:${regionId ?? "*"}:${accountId}:${name}`;
}

function* arnsNamed(snapshot: Snapshot): Generator<string, undefined, undefined> {
  const { inventory, bucketPolicies, principals, groups, policies } = snapshot;
  for (const member of inventory.groupedResources) yield arnOfMember(member);
  for (const { arn } of inventory.resourceTags) yield arn;
  for (const [name, { accountId }] of bucketPolicies) yield `acs:oss:*:${accountId}:${name}`;
  for (const { accountId, arn } of principals) if (accountId !== CATALOG_ACCOUNT) yield arn;
  for (const { accountId, name } of groups.values()) yield principalArn("group", accountId, name);
  for (const { policy } of policies.values()) if (policy.type === "CUSTOM") yield policyArn(policy);
}
