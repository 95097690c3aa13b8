import { groupBy } from "../../grants/group-by.js";
import { nameOrder } from "../../grants/name-order.js";
import { serviceLinkOf } from "../../grants/service-link-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { workTogetherFor } from "../../grants/work-together.js";
import { type Key, serviceKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";

/** How many roles are looked at before others get their turn. */
const STEP = 500;

/** Service-linked roles of a service by name, in the catalog and in every account. */
export function* linkedRolesOf(snapshot: Snapshot, service: string): Generator<undefined, readonly Role[], undefined> {
  return (yield* byService(snapshot)).get(serviceKey(service)) ?? [];
}

const byService = workTogetherFor(indexByService);

function* indexByService(snapshot: Snapshot): Generator<undefined, ReadonlyMap<Key, readonly Role[]>, undefined> {
  const roles = yield* nameOrder(snapshot).roles();
  const linked: { readonly service: Key; readonly row: Role }[] = [];
  for (const [at, { row }] of roles.entries()) {
    if (at % STEP === 0) yield undefined;
    const link = serviceLinkOf(snapshot, row);
    if (link !== undefined) linked.push({ service: serviceKey(link.service), row });
  }
  const grouped = groupBy(linked, ({ service }) => service);
  return new Map([...grouped].map(([key, group]) => [key, group.map(({ row }) => row)]));
}
