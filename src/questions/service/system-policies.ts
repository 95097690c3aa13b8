import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import { groupBy } from "../../grants/group-by.js";
import { nameOrder } from "../../grants/name-order.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { workTogetherFor } from "../../grants/work-together.js";
import { type Key, serviceKey } from "../../inventory/keys.js";
import { serviceOfAction } from "../../policy/action-pattern.js";

/** How many policies are looked at before others get their turn. */
const STEP = 200;

/**
 * System policies of a service by name: those whose statements name it, and those of which only the name is known and
 * which its product's page lists. A policy over all services (`*`) is of none.
 */
export function* systemPoliciesOf(
  snapshot: Snapshot,
  service: string,
): Generator<undefined, readonly CompiledPolicy[], undefined> {
  return (yield* byService(snapshot)).get(serviceKey(service)) ?? [];
}

const byService = workTogetherFor(indexByService);

function* indexByService(
  snapshot: Snapshot,
): Generator<undefined, ReadonlyMap<Key, readonly CompiledPolicy[]>, undefined> {
  const policies = yield* nameOrder(snapshot).policies();
  const pairs: { readonly service: Key; readonly row: CompiledPolicy }[] = [];
  for (const [at, { row }] of policies.entries()) {
    if (at % STEP === 0) yield undefined;
    if (row.policy.type !== "SYSTEM") continue;
    for (const service of servicesNamed(row)) pairs.push({ service: serviceKey(service), row });
  }
  const grouped = groupBy(pairs, ({ service }) => service);
  return new Map([...grouped].map(([key, group]) => [key, group.map(({ row }) => row)]));
}

function servicesNamed({ policy, defaultVersion, document }: CompiledPolicy): ReadonlySet<string> {
  if (defaultVersion?.documentText === undefined) return new Set(policy.service === undefined ? [] : [policy.service]);
  const patterns = document.statements.flatMap(({ actions }) => (actions === "UNREADABLE" ? [] : actions.patterns));
  return new Set(patterns.map(({ folded }) => serviceOfAction(folded)));
}
