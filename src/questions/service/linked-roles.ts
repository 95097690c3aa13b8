import { groupBy } from "../../grants/group-by.js";
import { nameOrder } from "../../grants/name-order.js";
import { serviceLinkOf } from "../../grants/service-link-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { type Key, serviceKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";

const BY_SERVICE = new WeakMap<Snapshot, ReadonlyMap<Key, readonly Role[]>>();

/** Service-linked roles of a service by name, in the catalog and in every account. */
export function linkedRolesOf(snapshot: Snapshot, service: string): readonly Role[] {
  const known = BY_SERVICE.get(snapshot) ?? indexByService(snapshot);
  BY_SERVICE.set(snapshot, known);
  return known.get(serviceKey(service)) ?? [];
}

function indexByService(snapshot: Snapshot): ReadonlyMap<Key, readonly Role[]> {
  const linked = nameOrder(snapshot)
    .roles()
    .map(({ row }) => row)
    .filter(({ serviceName }) => serviceName !== undefined);
  return groupBy(linked, (role) => serviceKey(serviceLinkOf(snapshot, role)?.service ?? ""));
}
