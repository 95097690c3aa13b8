import { serviceOfAction } from "../action-pattern.js";
import type { Statement } from "../document.js";
import { hasWildcard } from "../wildcard.js";

/** A statement that may speak of every service. */
const EVERY_SERVICE = -1;

/**
 * The services that a statement's actions are of, one bit of 32 for each; services share bits. A statement whose mask lacks the
 * bit of an action's service does not cover the action.
 */
export function serviceMask({ actions }: Statement): number {
  if (actions === "UNREADABLE" || actions.isNegated) return EVERY_SERVICE;
  let mask = 0;
  for (const { folded } of actions.patterns) {
    const service = serviceOfAction(folded);
    if (hasWildcard(service)) return EVERY_SERVICE;
    mask |= serviceBit(service);
  }
  return mask;
}

/** The bit of a service, given its code in lower case. */
export function serviceBit(service: string): number {
  let hash = 0;
  for (let at = 0; at < service.length; at++) hash = (hash * 31 + service.charCodeAt(at)) | 0;
  return 1 << ((hash ^ (hash >>> 7)) & 31);
}
