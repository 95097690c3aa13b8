import type { Key } from "../inventory/keys.js";
import type { Grant } from "../policy/grant.js";
import { scopedGrants } from "./compiled-policy.js";
import type { CompiledPrincipal } from "./compiled-principal.js";
import { reachesOf } from "./reaches-of.js";
import type { Snapshot } from "./snapshot.js";

/**
 * The statements that reach a principal, each policy and scope once. `only` restricts them to some policies (those that
 * the index proposes for an action); the others say nothing about it.
 */
export function grantsOf(snapshot: Snapshot, principal: CompiledPrincipal, only?: ReadonlySet<Key>): readonly Grant[] {
  const seen = new Set<string>();
  const grants: Grant[] = [];
  for (const { policy, resourceGroupId } of reachesOf(snapshot, principal.key)) {
    const id = `${resourceGroupId ?? ""}\n${policy}`;
    const compiled = snapshot.policies.get(policy);
    if (compiled === undefined || seen.has(id) || (only !== undefined && !only.has(policy))) continue;
    seen.add(id);
    grants.push(...(resourceGroupId === undefined ? compiled.grants : scopedGrants(compiled, resourceGroupId)));
  }
  return grants;
}
