import type { GroupedResource, ResourceFacts } from "../inventory/resource.js";
import { type ArnSegments, type RequestResource, type ResourcePattern, readResourcePattern } from "../policy/arn.js";
import { asciiLower } from "../policy/ascii.js";
import type { GroupMembership } from "../policy/request.js";
import { groupBy } from "./group-by.js";

/** Which resources are in which resource groups. */
export interface GroupIndex {
  readonly membershipOf: (resource: RequestResource) => GroupMembership;
  /** Patterns that cover exactly the known members of a group. */
  readonly membersOf: (resourceGroupId: string) => readonly ResourcePattern[];
  /** Patterns that cover the known members of all groups. */
  readonly allMembers: readonly ResourcePattern[];
  /** Patterns of the types that groups do not take. */
  readonly ungrouped: readonly ResourcePattern[];
}

/**
 * Arranges memberships by resource. A resource that is not listed may be new, so its group is unknown in an account whose
 * groups were imported; the unscoped resource and types that groups do not take are in none. Objects are in the group of
 * their bucket.
 */
export function indexGroups({ resourceGroups, groupedResources, groupSupports }: ResourceFacts): GroupIndex {
  const accounts = new Set(resourceGroups.map(({ accountId }) => accountId));
  const byName = groupBy(
    groupedResources,
    ({ service, accountId, resourceId }) => `${service} ${accountId} ${resourceId}`,
  );
  const byGroup = groupBy(groupedResources, ({ resourceGroupId }) => resourceGroupId);
  const unsupported = groupSupports.filter(({ isSupported }) => !isSupported);
  const untaken = new Set(unsupported.map(({ service, resourceType }) => `${service} ${resourceType}`));
  return {
    membershipOf: ({ segments }) => {
      if (segments === undefined) return "NONE";
      const [, service, , account, relativeId] = segments;
      if (untaken.has(`${service} ${typeOf(relativeId)}`)) return "NONE";
      const listed = byName.get(`${service} ${account} ${idOf(segments)}`);
      const known = listed === undefined ? undefined : membershipIn(listed, segments);
      return known ?? (accounts.has(account) ? "UNKNOWN" : "NOT_IMPORTED");
    },
    membersOf: (resourceGroupId) => (byGroup.get(resourceGroupId) ?? []).flatMap(patternsOf),
    allMembers: groupedResources.flatMap(patternsOf),
    ungrouped: unsupported.map(
      ({ service, resourceType }) => readResourcePattern(`acs:${service}:*:*:${resourceType}/*`).pattern,
    ),
  };
}

/** Names may stand in several regions: one that is left open is told only where all of them are in one group. */
function membershipIn(listed: readonly GroupedResource[], segments: ArnSegments): GroupMembership | undefined {
  const [, service, region, , relativeId] = segments;
  const name = service === "oss" ? idOf(segments) : foldType(relativeId);
  const groups = new Set(
    listed
      .filter(({ regionId }) => region === "*" || regionId === undefined || asciiLower(regionId) === region)
      .filter((resource) => namesOf(resource).includes(name))
      .map(({ resourceGroupId }) => resourceGroupId),
  );
  const [id] = groups;
  if (id === undefined) return undefined;
  return groups.size === 1 ? { id } : "UNKNOWN";
}

function typeOf(relativeId: string): string {
  const slash = relativeId.indexOf("/");
  return asciiLower(slash === -1 ? relativeId : relativeId.slice(0, slash));
}

/** What Resource Management calls the resource: the last part of its name, or the bucket of an object. */
function idOf([, service, , , relativeId]: ArnSegments): string {
  if (service === "oss") return relativeId.split("/")[0] ?? "";
  return relativeId.slice(relativeId.lastIndexOf("/") + 1);
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
  const { service, accountId, regionId = "*", resourceId } = resource;
  const names = service === "oss" ? [resourceId, `${resourceId}/*`] : namesOf(resource);
  return names.map((name) => readResourcePattern(`acs:${service}:${regionId}:${accountId}:${name}`).pattern);
}
