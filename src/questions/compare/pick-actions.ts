import type { Action } from "../../inventory/catalog.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Pair } from "./access-change.js";

/**
 * Gives of some actions, in their order, those about which something may differ for a pair. Pairs for which nothing of their own differs
 * ask the same of each action, so for all of them that is found out once.
 */
export function pickActions(actions: readonly Action[]): (pair: Pair) => readonly Action[] {
  const named = actions.map((action) => ({ action, folded: asciiLower(action.name) }));
  const pick = ({ mayDiffer }: Pair) => named.filter(({ folded }) => mayDiffer(folded)).map(({ action }) => action);
  const shared = new Map<Pair["mayDiffer"], readonly Action[]>();
  return (pair) => {
    if (pair.policies.size > 0) return pick(pair);
    const known = shared.get(pair.mayDiffer) ?? pick(pair);
    shared.set(pair.mayDiffer, known);
    return known;
  };
}
