import type { ActionPlan } from "./plan-draft.js";
import type { Snapshot } from "./snapshot.js";

/** How often principals are decided one by one for what is stale; working it out anew costs as much. */
const MOST_DECIDED = 2_000;

const DECIDED = new WeakMap<ActionPlan, number>();

/**
 * Counts a question that uses a plan; true where it is better worked out anew, for it is stale and was used often. Revisions follow each
 * other and count together; a what-if is for its own questions, and the state that it was made from is not stale for it.
 */
export function isWorn(plan: ActionPlan, { hypothesis }: Pick<Snapshot, "hypothesis">): boolean {
  const { stale, origin = plan } = plan;
  if (stale.length === 0) return false;
  const counted = hypothesis === undefined ? origin : plan;
  const decided = (DECIDED.get(counted) ?? 0) + stale.length;
  DECIDED.set(counted, decided);
  return decided > MOST_DECIDED;
}
