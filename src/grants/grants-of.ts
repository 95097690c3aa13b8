import type { Key } from "../inventory/keys.js";
import type { Grant } from "../policy/grant.js";
import { scopedGrants } from "./compiled-policy.js";
import type { CompiledPrincipal } from "./compiled-principal.js";
import { placeOf } from "./place-of.js";
import { reachBuffer } from "./reach.js";
import type { Snapshot } from "./snapshot.js";

/** What is in it holds until it is filled anew, which nothing does while it is read. */
const BUFFER = reachBuffer();

/** So many are compared with each other sooner than a set is made. */
const FEW = 32;

/**
 * The statements that reach a principal of the snapshot, each policy and scope once, own policies before those of groups. `only`
 * restricts them to some policies (those that the index proposes for an action); the others say nothing about it.
 */
export function grantsOf(snapshot: Snapshot, principal: CompiledPrincipal, only?: ReadonlySet<Key>): readonly Grant[] {
  const { reach, policies } = snapshot;
  const place = placeOf(snapshot, principal);
  const count = place === undefined ? 0 : reach.fillReaches(place, BUFFER);
  const seen = count > FEW ? new Set<number>() : undefined;
  const grants: Grant[] = [];
  for (let at = 0; at < count; at++) {
    const [policy, scope] = [BUFFER.policies[at] ?? 0, BUFFER.scopes[at] ?? 0];
    if (seen === undefined ? isRepeated(at) : isSeen(seen, scope * reach.policyCount + policy)) continue;
    const key = reach.policyKey(policy);
    const compiled = only === undefined || only.has(key) ? policies.get(key) : undefined;
    if (compiled === undefined) continue;
    const own = scope === 0 ? compiled.grants : scopedGrants(compiled, reach.scopeName(scope));
    for (const grant of own) grants.push(grant);
  }
  return grants;
}

function isRepeated(at: number): boolean {
  const { policies, scopes } = BUFFER;
  for (let before = 0; before < at; before++) {
    if (policies[before] === policies[at] && scopes[before] === scopes[at]) return true;
  }
  return false;
}

function isSeen(seen: Set<number>, id: number): boolean {
  const before = seen.size;
  return seen.add(id).size === before;
}
