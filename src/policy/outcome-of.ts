import type { MatchOutcome } from "./check.js";
import { evaluateTest } from "./conditions/context.js";
import type { PatternElement } from "./document.js";
import type { Grant } from "./grant.js";
import { mayCoverAction, mayCoverResource, mayNameCaller, reachesScope } from "./match-statement.js";
import type { PointRequest } from "./request.js";

/** The outcome that `explainStatement` gives, without what explains it. */
export function outcomeOf(grant: Grant, request: PointRequest): MatchOutcome {
  if (isElsewhere(grant, request)) return "NOT_MATCHED";
  const { statement } = grant;
  const { actions, resources, conditions, unreadable, principals } = statement;
  if (mayCoverAction(statement, request.foldedAction) === false && hasPatterns(actions)) return "NOT_MATCHED";
  if (mayCoverResource(statement, request) === false && hasPatterns(resources)) return "NOT_MATCHED";
  const reaches = reachesScope(grant, request);
  // That nobody can read whom it names is among what is unreadable.
  const names = principals === "UNREADABLE" || mayNameCaller(statement, request);
  if (reaches === false || names === false) return "NOT_MATCHED";
  let isOpen = reaches === undefined || names === undefined || unreadable.length > 0;
  for (const test of conditions) {
    const result = evaluateTest(test, request.context);
    if (result === false) return "NOT_MATCHED";
    if (result !== true) isOpen = true;
  }
  return isOpen ? "MATCHED_IF" : "MATCHED";
}

/** Of most statements this is all that has to be known: what they list is of other services. */
function isElsewhere({ gist }: Grant, { serviceBit, resourceServiceBit }: PointRequest): boolean {
  if (gist === undefined) return false;
  if (!gist.isActionNegated && (gist.actionServices & serviceBit) === 0) return true;
  return !gist.isResourceNegated && (gist.resourceServices & resourceServiceBit) === 0;
}

/** An element without any is not held against the request. */
function hasPatterns(element: PatternElement<unknown> | "UNREADABLE"): boolean {
  return element !== "UNREADABLE" && element.patterns.length > 0;
}
