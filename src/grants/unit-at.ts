import { type PolicyUnit, unitOf } from "./policy-units.js";
import type { Snapshot } from "./snapshot.js";

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
