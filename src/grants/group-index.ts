import type { GroupedResource, ResourceFacts } from "../inventory/resource.js";
import { type RequestResource, type ResourcePattern, readResourcePattern } from "../policy/arn.js";
import { asciiLower } from "../policy/ascii.js";
import type { GroupMembership } from "../policy/request.js";
import { groupBy } from "./group-by.js";

/** Which resources are in which resource groups. */
export interface GroupIndex {
  readonly membershipOf: (resource: RequestResource) => GroupMembership;
  /** Patterns that cover exactly the known members of a group. */
  readonly membersOf: (resourceGroupId: string) => readonly ResourcePattern[];
}

/**
 * Arranges memberships by resource. A resource that is not listed may be new, so its group is unknown in an account whose
 * groups were imported; the unscoped resource and types that groups do not take are in none.
 */
export function indexGroups({ resourceGroups, groupedResources, groupSupports }: ResourceFacts): GroupIndex {
  const accounts = new Set(resourceGroups.map(({ accountId }) => accountId));
  const byName = groupBy(
    groupedResources,
    ({ service, accountId, resourceId }) => `${service} ${accountId} ${resourceId}`,
  );
  const byGroup = groupBy(groupedResources, ({ resourceGroupId }) => resourceGroupId);
  const unsupported = new Set(
    groupSupports
      .filter(({ isSupported }) => !isSupported)
      .map(({ service, resourceType }) => `${service} ${resourceType}`),
  );
  return {
    membershipOf: ({ segments }) => {
      if (segments === undefined) return "NONE";
      const [, service, , account, relativeId] = segments;
      if (unsupported.has(`${service} ${typeOf(relativeId)}`)) return "NONE";
      const listed = byName.get(`${service} ${account} ${relativeId.slice(relativeId.lastIndexOf("/") + 1)}`) ?? [];
      const found = listed.find((resource) => namesOf(resource).includes(foldType(relativeId)));
      if (found !== undefined) return { id: found.resourceGroupId };
      return accounts.has(account) ? "UNKNOWN" : "NOT_IMPORTED";
    },
    membersOf: (resourceGroupId) => (byGroup.get(resourceGroupId) ?? []).flatMap(patternsOf),
  };
}

function typeOf(relativeId: string): string {
  return asciiLower(relativeId.split("/")[0] ?? "");
}

/** `type/id` with the type in lower case. */
function foldType(relativeId: string): string {
  const slash = relativeId.indexOf("/");
  return slash === -1 ? relativeId : asciiLower(relativeId.slice(0, slash)) + relativeId.slice(slash);
}

/** Relative ids are `type/id` in most services and the bare id in some. */
function namesOf({ resourceType, resourceId }: GroupedResource): readonly string[] {
  return [`${resourceType}/${resourceId}`, resourceId];
}

function patternsOf(resource: GroupedResource): readonly ResourcePattern[] {
  const { service, accountId } = resource;
  return namesOf(resource).map((name) => readResourcePattern(`acs:${service}:*:${accountId}:${name}`).pattern);
}
