import { coversAction } from "./action-pattern.js";
import { coversResource } from "./arn.js";
import { evaluateTest } from "./conditions/context.js";
import type { PatternElement } from "./document.js";
import type { MatchOutcome } from "./explain-statement.js";
import type { Grant } from "./grant.js";
import { mayNameCaller, reachesScope } from "./match-statement.js";
import type { PointRequest } from "./request.js";

/** The outcome that `explainStatement` gives, without what explains it. */
export function outcomeOf(grant: Grant, request: PointRequest): MatchOutcome {
  const { actions, resources, conditions, unreadable, principals } = grant.statement;
  if (rulesOut(actions, (pattern) => coversAction(pattern, request.foldedAction))) return "NOT_MATCHED";
  if (rulesOut(resources, (pattern) => coversResource(pattern, request.resource))) return "NOT_MATCHED";
  const reaches = reachesScope(grant, request);
  // That nobody can read whom it names is among what is unreadable.
  const names = principals === "UNREADABLE" || mayNameCaller(grant.statement, request);
  if (reaches === false || names === false) return "NOT_MATCHED";
  let isOpen = reaches === undefined || names === undefined || unreadable.length > 0;
  for (const test of conditions) {
    const result = evaluateTest(test, request.context);
    if (result === false) return "NOT_MATCHED";
    if (result !== true) isOpen = true;
  }
  return isOpen ? "MATCHED_IF" : "MATCHED";
}

/** An element without patterns is not held against the request. */
function rulesOut<P>(element: PatternElement<P> | "UNREADABLE", isCovered: (pattern: P) => boolean): boolean {
  if (element === "UNREADABLE" || element.patterns.length === 0) return false;
  return element.patterns.some(isCovered) === element.isNegated;
}
