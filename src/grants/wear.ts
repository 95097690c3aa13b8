import type { ActionPlan } from "./plan-draft.js";

/** How often principals are decided one by one for what is stale; working it out anew costs as much. */
const MOST_DECIDED = 2_000;

const DECIDED = new WeakMap<ActionPlan, number>();

/** Counts a question that uses a plan; true where it is better worked out anew, for it is stale and was used often. */
export function isWorn(plan: ActionPlan): boolean {
  const { stale, origin = plan } = plan;
  if (stale.length === 0) return false;
  const decided = (DECIDED.get(origin) ?? 0) + stale.length;
  DECIDED.set(origin, decided);
  return decided > MOST_DECIDED;
}
