import { serviceOfAction } from "../action-pattern.js";
import type { Statement } from "../document.js";
import { hasWildcard } from "../wildcard.js";
import { textBit } from "./text-bit.js";

/** A statement that may speak of every service. */
const EVERY_SERVICE = -1;

/**
 * The services that a statement's actions are of, `textBit` of each. A statement whose mask lacks the
 * bit of an action's service does not cover the action.
 */
export function serviceMask({ actions }: Statement): number {
  if (actions === "UNREADABLE" || actions.isNegated) return EVERY_SERVICE;
  let mask = 0;
  for (const { folded } of actions.patterns) {
    const service = serviceOfAction(folded);
    if (hasWildcard(service)) return EVERY_SERVICE;
    mask |= textBit(service);
  }
  return mask;
}
