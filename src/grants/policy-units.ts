import type { Key } from "../inventory/keys.js";
import { type PreparedStatement, prepareStatement } from "../policy/prepared/prepared-statement.js";
import type { CompiledPolicy } from "./compiled-policy.js";
import type { CompiledPrincipal } from "./compiled-principal.js";
import { reachesOf } from "./reaches-of.js";
import type { Snapshot } from "./snapshot.js";

/** A policy with its statements prepared for many questions. */
export interface PolicyUnit {
  readonly compiled: CompiledPolicy;
  /** All that one of its statements may be about: see `serviceMask`. */
  readonly services: number;
  readonly statements: readonly PreparedStatement[];
}

/** The policies that reach a principal, each at each scope once. */
export interface ReachingUnits {
  /** At account scope. */
  readonly wide: readonly PolicyUnit[];
  /** The services of each of these. */
  readonly services: Int32Array;
  readonly scoped: readonly { readonly unit: PolicyUnit; readonly resourceGroupId: string }[];
}

/** Policies never change, so each is prepared once for all snapshots that hold it, when it first matters. */
const UNITS = new WeakMap<CompiledPolicy, PolicyUnit>();

/** The prepared form of a policy. */
export function unitOf(compiled: CompiledPolicy): PolicyUnit {
  const known = UNITS.get(compiled);
  if (known !== undefined) return known;
  const statements = compiled.document.statements.map(prepareStatement);
  const services = statements.reduce((mask, statement) => mask | statement.services, 0);
  const unit = { compiled, services, statements };
  UNITS.set(compiled, unit);
  return unit;
}

/** The policies of a snapshot by their numbers, prepared when they first matter. */
const NUMBERED = new WeakMap<Snapshot, (PolicyUnit | undefined)[]>();

/** The policy of a number; undefined for one that is gone. */
export function unitAt(snapshot: Snapshot, policy: number): PolicyUnit | undefined {
  const units = NUMBERED.get(snapshot) ?? [];
  NUMBERED.set(snapshot, units);
  const known = units[policy];
  if (known !== undefined) return known;
  const compiled = snapshot.policies.get(snapshot.reach.policyKey(policy));
  const unit = compiled === undefined ? undefined : unitOf(compiled);
  units[policy] = unit;
  return unit;
}

/** Gives the policies that reach principals of a snapshot, prepared. What it found it remembers, for as long as it is kept. */
export function reachingUnits(snapshot: Snapshot): (principal: CompiledPrincipal) => ReachingUnits {
  const known = new Map<CompiledPrincipal, ReachingUnits>();
  return (principal) => {
    const units = known.get(principal);
    if (units !== undefined) return units;
    const found = findUnits(snapshot, principal);
    known.set(principal, found);
    return found;
  };
}

function findUnits(snapshot: Snapshot, { key }: CompiledPrincipal): ReachingUnits {
  const wide = new Set<PolicyUnit>();
  const scopes = new Map<string, Set<Key>>();
  const scoped: ReachingUnits["scoped"][number][] = [];
  for (const { policy, resourceGroupId } of reachesOf(snapshot, key)) {
    const compiled = snapshot.policies.get(policy);
    if (compiled === undefined) continue;
    const unit = unitOf(compiled);
    if (resourceGroupId === undefined) wide.add(unit);
    else if (isNew(scopes, resourceGroupId, policy)) scoped.push({ unit, resourceGroupId });
  }
  const services = Int32Array.from(wide, (unit) => unit.services);
  return { wide: [...wide], services, scoped: scoped.length === 0 ? NONE : scoped };
}

const NONE: ReachingUnits["scoped"] = [];

function isNew(seen: Map<string, Set<Key>>, scope: string, policy: Key): boolean {
  const policies = seen.get(scope) ?? new Set<Key>();
  seen.set(scope, policies);
  const isFirst = !policies.has(policy);
  policies.add(policy);
  return isFirst;
}
