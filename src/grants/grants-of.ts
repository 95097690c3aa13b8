import type { Key } from "../inventory/keys.js";
import type { Grant } from "../policy/grant.js";
import { scopedGrants } from "./compiled-policy.js";
import type { CompiledPrincipal } from "./compiled-principal.js";
import { placeOf } from "./place-of.js";
import { reachBuffer } from "./reach.js";
import type { Snapshot } from "./snapshot.js";

/** Statements at account scope by the numbers of their policies, as far as a snapshot was asked for them. */
const NUMBERED = new WeakMap<Snapshot, (readonly Grant[])[]>();

/** What is in it holds until it is filled anew, which nothing does while it is read. */
const BUFFER = reachBuffer();

/** So many are compared with each other sooner than a set is made. */
const FEW = 32;

/**
 * The statements that reach a principal of the snapshot, each policy and scope once, own policies before those of groups. `only`
 * restricts them to some policies (those that the index proposes for an action); the others say nothing about it.
 */
export function grantsOf(snapshot: Snapshot, principal: CompiledPrincipal, only?: ReadonlySet<Key>): readonly Grant[] {
  const { reach } = snapshot;
  const numbered = numberedGrants(snapshot);
  const place = placeOf(snapshot, principal);
  const count = place === undefined ? 0 : reach.fillReaches(place, BUFFER);
  const seen = count > FEW ? new Set<number>() : undefined;
  const grants: Grant[] = [];
  for (let at = 0; at < count; at++) {
    const [policy, scope] = [BUFFER.policies[at] ?? 0, BUFFER.scopes[at] ?? 0];
    if (seen === undefined ? isRepeated(at) : isSeen(seen, scope * reach.policyCount + policy)) continue;
    if (only !== undefined && !only.has(reach.policyKey(policy))) continue;
    const wide = numbered[policy] ?? numberGrants(snapshot, numbered, policy);
    const own = scope === 0 ? wide : scopedGrants(wide, reach.scopeName(scope));
    for (const grant of own) grants.push(grant);
  }
  return grants;
}

function numberedGrants(snapshot: Snapshot): (readonly Grant[])[] {
  const known = NUMBERED.get(snapshot);
  if (known !== undefined) return known;
  const numbered: (readonly Grant[])[] = [];
  NUMBERED.set(snapshot, numbered);
  return numbered;
}

/** A policy that is gone has none. */
function numberGrants({ reach, policies }: Snapshot, numbered: (readonly Grant[])[], policy: number): readonly Grant[] {
  const grants = policies.get(reach.policyKey(policy))?.grants ?? [];
  numbered[policy] = grants;
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
