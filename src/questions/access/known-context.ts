import { bucketOf } from "../../grants/bucket-policies.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT, roleKey } from "../../inventory/keys.js";
import type { RequestResource } from "../../policy/arn.js";
import type { Caller } from "../../policy/caller.js";
import type { GroupMembership } from "../../policy/request.js";

/** The service principal of a role is part of requests that create or delete it. */
const SERVICE_NAME_ACTIONS: ReadonlySet<string> = new Set([
  "ram:createservicelinkedrole",
  "ram:deleteservicelinkedrole",
]);

/** Do requests for the action carry the service of the role that they are about? */
export function carriesServiceName(foldedAction: string): boolean {
  return SERVICE_NAME_ACTIONS.has(foldedAction);
}

/**
 * What the resource's side carries: its tags, its resource group, and `ram:ServiceName` of the service-linked role that is to
 * be created or deleted. Without the latter a role that may delete only itself would seem to delete others.
 */
export function knownOfResource(
  snapshot: Snapshot,
  foldedAction: string,
  resource: RequestResource,
  group: GroupMembership,
): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, readonly string[]>();
  if (typeof group === "object") known.set("acs:resourcegroupid", [group.id]);
  for (const { key, value } of snapshot.tagsOf(resource)) {
    for (const prefix of tagPrefixes(resource)) known.set(`${prefix}/${key}`, [value]);
  }
  const serviceName = carriesServiceName(foldedAction) ? linkedServiceOf(snapshot, resource) : undefined;
  if (serviceName !== undefined) known.set("ram:servicename", [serviceName]);
  return known;
}

/**
 * False for a key (folded) that is not known of any request for an action: unless it is given, the context leaves it open or
 * absent.
 */
export function mayBeKnown({ inventory }: Snapshot, foldedAction: string, foldedKey: string): boolean {
  if (foldedKey.includes("/")) return inventory.resourceTags.length > 0;
  if (foldedKey === "ram:servicename") return carriesServiceName(foldedAction);
  return ALWAYS_KNOWN.has(foldedKey);
}

const ALWAYS_KNOWN: ReadonlySet<string> = new Set(["action", "resource", "acs:principalarn", "acs:resourcegroupid"]);

/** Tags have one key for all services, and an older one of their own in some. */
function tagPrefixes({ segments }: RequestResource): readonly string[] {
  const service = segments?.[1];
  return service === undefined ? [] : ["acs:resourcetag", `${service}:tag`, `${service}:resourcetag`];
}

function linkedServiceOf(snapshot: Snapshot, { segments }: RequestResource): string | undefined {
  if (segments === undefined || segments[1] !== "ram") return undefined;
  const name = roleNameIn(segments[4]);
  return name === undefined ? undefined : serviceNameOf(snapshot, segments[3], name);
}

/** `x` of `role/x`. */
export function roleNameIn(relativeId: string): string | undefined {
  return /^role\/(.+)$/is.exec(relativeId)?.[1];
}

function serviceNameOf({ roles }: Snapshot, accountId: string, name: string): string | undefined {
  const role = roles.get(roleKey(accountId, name)) ?? roles.get(roleKey(CATALOG_ACCOUNT, name));
  return role?.serviceName;
}

/**
 * The resource as it concerns one caller: an account left open (`*`) is the caller's own, for services are closed between
 * accounts; but the name of a bucket is unique in the cloud, so a known one tells its owner. A catalog role stands for the
 * role of the account that owns the resource.
 */
export function inOwnAccount(snapshot: Snapshot, resource: RequestResource, { accountId }: Caller): RequestResource {
  const { segments } = resource;
  const owner = ownerOfBucket(snapshot, resource) ?? accountId;
  if (segments === undefined || !hangsOnCaller(resource) || owner === undefined) return resource;
  const [partition, service, region, , relativeId] = segments;
  const own = [partition, service, region, owner, relativeId] as const;
  // The pseudo-key `Resource` holds the text, so the account belongs in it as well.
  const text = resource.text.replace(/^((?:[^:]*:){3})\*?(?=:)/, `$1${owner}`);
  return { text, segments: own, folded: own.join(":") };
}

/** Is it another resource for callers of other accounts? See `inOwnAccount`. */
export function hangsOnCaller({ segments }: RequestResource): boolean {
  return segments?.[3] === "*";
}

/** The account of the bucket that a resource is or lies in, where the bucket is known. */
export function ownerOfBucket({ bucketPolicies }: Snapshot, resource: RequestResource): string | undefined {
  return bucketPolicies.get(bucketOf(resource) ?? "")?.accountId;
}

/** The account that owns a resource, where its ARN or pattern says so. */
export function ownerOf({ segments }: Pick<RequestResource, "segments">): string | undefined {
  const owner = segments?.[3];
  return owner !== undefined && /^\d+$/.test(owner) ? owner : undefined;
}

/** The resource belongs to another account than the caller. */
export function isForeign(resource: RequestResource, { accountId }: Caller): boolean {
  if (resource.segments?.[3] === accountId) return false;
  const owner = ownerOf(resource);
  return owner !== undefined && accountId !== undefined && owner !== accountId;
}
