import { type PreparedStatement, prepareStatement } from "../policy/prepared/prepared-statement.js";
import type { CompiledPolicy } from "./compiled-policy.js";
import type { Snapshot } from "./snapshot.js";

/** A policy with its statements prepared for many questions. */
export interface PolicyUnit {
  readonly compiled: CompiledPolicy;
  /** All that one of its statements may be about: see `serviceMask`. */
  readonly services: number;
  readonly statements: readonly PreparedStatement[];
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
