import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT, roleKey } from "../../inventory/keys.js";
import type { RequestResource } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";

/** The service principal of a role is part of requests that create or delete it. */
const SERVICE_NAME_ACTIONS: ReadonlySet<string> = new Set([
  "ram:createservicelinkedrole",
  "ram:deleteservicelinkedrole",
]);

/** What the principal's side of every request carries. The account of a catalog role is not known. */
export function knownOfPrincipal({ accountId, kind, name }: CompiledPrincipal): ReadonlyMap<string, readonly string[]> {
  if (accountId === CATALOG_ACCOUNT) return new Map();
  const arn = `acs:ram::${accountId}:${asciiLower(kind)}/${asciiLower(name)}`;
  return new Map([["acs:principalarn", [arn]]]);
}

/**
 * What the resource's side carries: `ram:ServiceName` of the service-linked role that is to be created or deleted. Without
 * it a role that may delete only itself would seem to delete others.
 */
export function knownOfResource(
  snapshot: Snapshot,
  foldedAction: string,
  { segments }: RequestResource,
): ReadonlyMap<string, readonly string[]> {
  if (segments === undefined || segments[1] !== "ram" || !SERVICE_NAME_ACTIONS.has(foldedAction)) return new Map();
  const name = /^role\/(.+)$/s.exec(segments[4])?.[1];
  const serviceName = name === undefined ? undefined : serviceNameOf(snapshot, segments[3], name);
  return serviceName === undefined ? new Map() : new Map([["ram:servicename", [serviceName]]]);
}

function serviceNameOf({ roles }: Snapshot, accountId: string, name: string): string | undefined {
  const role = roles.get(roleKey(accountId, name)) ?? roles.get(roleKey(CATALOG_ACCOUNT, name));
  return role?.serviceName;
}

/**
 * The resource as it concerns one principal: an account left open (`*`) is the principal's own, for services are closed
 * between accounts. A catalog role stands for the role of the account that owns the resource.
 */
export function inOwnAccount(resource: RequestResource, { accountId }: CompiledPrincipal): RequestResource {
  const { segments } = resource;
  if (segments === undefined || segments[3] !== "*" || accountId === CATALOG_ACCOUNT) return resource;
  const [partition, service, region, , relativeId] = segments;
  const own = [partition, service, region, accountId, relativeId] as const;
  return { ...resource, segments: own, folded: own.join(":") };
}

/** The resource belongs to another account than the principal. */
export function isForeign({ segments }: RequestResource, principal: CompiledPrincipal): boolean {
  const owner = segments?.[3];
  return (
    owner !== undefined &&
    /^\d+$/.test(owner) &&
    principal.accountId !== CATALOG_ACCOUNT &&
    owner !== principal.accountId
  );
}
