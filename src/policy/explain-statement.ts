import { type ActionPattern, coversAction, objectOfAction, serviceOfAction } from "./action-pattern.js";
import { coversResource, differingSegment, type ResourcePattern } from "./arn.js";
import { namesCaller } from "./caller.js";
import type { ConditionTest } from "./conditions/condition-test.js";
import { evaluateTest, lookUp } from "./conditions/context.js";
import type { PatternElement } from "./document.js";
import type { Grant } from "./grant.js";
import { isResourceGroup } from "./is-resource-group.js";
import { mayNameCaller, reachesScope } from "./match-statement.js";
import type { PointRequest } from "./request.js";

export type MatchOutcome = "MATCHED" | "NOT_MATCHED" | "MATCHED_IF";
export type StatementElement =
  | "ACTION"
  | "NOT_ACTION"
  | "RESOURCE"
  | "NOT_RESOURCE"
  | "CONDITION"
  | "PRINCIPAL"
  | "SCOPE";
export type CheckReason =
  | "PATTERN_MATCH"
  | "EXCLUDED_BY_NOT_ACTION"
  | "EXCLUDED_BY_NOT_RESOURCE"
  | "RESOURCE_GROUP_DIFFERS"
  | "RESOURCE_GROUP_UNKNOWN"
  | "SERVICE_DIFFERS"
  | "ACTION_DIFFERS"
  | "REGION_DIFFERS"
  | "ACCOUNT_DIFFERS"
  | "RESOURCE_DIFFERS"
  | "VALUE_SATISFIES"
  | "VALUE_FAILS"
  | "KEY_UNKNOWN"
  | "KEY_ABSENT"
  | "OPERATOR_UNSUPPORTED"
  | "VALUE_UNREADABLE"
  | "PRINCIPAL_DIFFERS";

/** One element of a statement, or one key of its condition, held against the request. */
export interface Check {
  readonly element: StatementElement;
  readonly outcome: MatchOutcome;
  readonly reason: CheckReason;
  /** Text of the policy that was compared. */
  readonly pattern: string;
  /** Value of the request; absent when unknown or not present. */
  readonly value?: string;
  readonly key?: string;
  readonly operator?: string;
}

export interface StatementExplanation {
  readonly outcome: MatchOutcome;
  readonly checks: readonly Check[];
}

/** Why a statement applies to a request or not: every element is checked, also after the first that fails. */
export function explainStatement(grant: Grant, request: PointRequest): StatementExplanation {
  const { statement } = grant;
  const checks: Check[] = [
    ...checkScope(grant, request),
    ...checkPrincipal(grant, request),
    ...checkElement(statement.actions, "ACTION", request.action, (patterns) => explainAction(patterns, request)),
    ...checkElement(statement.resources, "RESOURCE", request.resource.text, (patterns) =>
      explainResource(patterns, request),
    ),
    ...statement.conditions.map((test) => checkTest(test, request)),
    ...statement.unreadable.map(unreadableCheck),
  ];
  return { outcome: worstOf(checks), checks };
}

function worstOf(checks: readonly Check[]): MatchOutcome {
  if (checks.some(({ outcome }) => outcome === "NOT_MATCHED")) return "NOT_MATCHED";
  return checks.some(({ outcome }) => outcome === "MATCHED_IF") ? "MATCHED_IF" : "MATCHED";
}

function checkScope(grant: Grant, request: PointRequest): readonly Check[] {
  const { resourceGroupId } = grant;
  if (resourceGroupId === undefined) return [];
  const reaches = reachesScope(grant, request);
  const { resourceGroup } = request;
  const isKnown = typeof resourceGroup === "object" && isResourceGroup(resourceGroupId);
  return [
    {
      element: "SCOPE",
      outcome: reaches === undefined ? "MATCHED_IF" : reaches ? "MATCHED" : "NOT_MATCHED",
      reason: reaches === true ? "PATTERN_MATCH" : isKnown ? "RESOURCE_GROUP_DIFFERS" : "RESOURCE_GROUP_UNKNOWN",
      pattern: resourceGroupId,
      ...(isKnown ? { value: resourceGroup.id } : {}),
    },
  ];
}

function checkPrincipal({ statement }: Grant, request: PointRequest): readonly Check[] {
  const { principals } = statement;
  if (principals === undefined || principals === "UNREADABLE") return [];
  const named = mayNameCaller(statement, request);
  const { name, serviceName, accountId } = request.caller;
  const value = name ?? serviceName ?? accountId;
  const naming = principals.find((pattern) => namesCaller(pattern, request.caller) === named);
  return [
    {
      element: "PRINCIPAL",
      outcome: named === undefined ? "MATCHED_IF" : named ? "MATCHED" : "NOT_MATCHED",
      reason: named === undefined ? "VALUE_UNREADABLE" : named ? "PATTERN_MATCH" : "PRINCIPAL_DIFFERS",
      pattern: (named === false ? principals : [naming]).map((pattern) => pattern?.text ?? "").join(", "),
      ...(value === undefined ? {} : { value }),
    },
  ];
}

/** How the patterns of an element compare: the first that matches, else the one that comes closest. */
interface Comparison {
  readonly isMatch: boolean;
  readonly pattern: string;
  readonly difference: CheckReason;
}

function checkElement<P>(
  element: PatternElement<P> | "UNREADABLE",
  name: "ACTION" | "RESOURCE",
  value: string,
  compare: (patterns: readonly P[]) => Comparison | undefined,
): readonly Check[] {
  if (element === "UNREADABLE") return [];
  const comparison = compare(element.patterns);
  if (comparison === undefined) return [];
  const { isMatch, pattern, difference } = comparison;
  if (!element.isNegated) {
    const outcome = isMatch ? "MATCHED" : "NOT_MATCHED";
    return [{ element: name, outcome, reason: isMatch ? "PATTERN_MATCH" : difference, pattern, value }];
  }
  const outcome = isMatch ? "NOT_MATCHED" : "MATCHED";
  const excluded = name === "ACTION" ? "EXCLUDED_BY_NOT_ACTION" : "EXCLUDED_BY_NOT_RESOURCE";
  return [{ element: `NOT_${name}`, outcome, reason: isMatch ? excluded : difference, pattern, value }];
}

function explainAction(patterns: readonly ActionPattern[], request: PointRequest): Comparison | undefined {
  const matching = patterns.find((pattern) => coversAction(pattern, request.foldedAction));
  if (matching !== undefined) return { isMatch: true, pattern: matching.text, difference: "PATTERN_MATCH" };
  const service = `${serviceOfAction(request.foldedAction)}:`;
  const sameService = patterns.filter((pattern) => pattern.folded.startsWith(service));
  const pattern = closestActions(sameService, request.action) ?? patterns[0]?.text;
  if (pattern === undefined) return undefined;
  return { isMatch: false, pattern, difference: sameService.length === 0 ? "SERVICE_DIFFERS" : "ACTION_DIFFERS" };
}

/** Those about the same object, which tell what may be done to it instead; else the first. */
function closestActions(patterns: readonly ActionPattern[], action: string): string | undefined {
  const object = objectOfAction(action);
  const related = object === "" ? [] : patterns.filter(({ folded }) => folded.includes(object));
  return related.length === 0 ? patterns[0]?.text : related.map(({ text }) => text).join(", ");
}

const SEGMENT_REASONS: readonly CheckReason[] = [
  "SERVICE_DIFFERS",
  "SERVICE_DIFFERS",
  "REGION_DIFFERS",
  "ACCOUNT_DIFFERS",
  "RESOURCE_DIFFERS",
];

function explainResource(patterns: readonly ResourcePattern[], { resource }: PointRequest): Comparison | undefined {
  const matching = patterns.find((pattern) => coversResource(pattern, resource));
  if (matching !== undefined) return { isMatch: true, pattern: matching.text, difference: "PATTERN_MATCH" };
  let closest: { pattern: string; segment: number } | undefined;
  for (const { text, segments } of patterns) {
    const segment = segments === undefined ? 4 : (differingSegment(segments, resource) ?? 4);
    if (closest === undefined || segment > closest.segment) closest = { pattern: text, segment };
  }
  if (closest === undefined) return undefined;
  return {
    isMatch: false,
    pattern: closest.pattern,
    difference: SEGMENT_REASONS[closest.segment] ?? "RESOURCE_DIFFERS",
  };
}

function checkTest(test: ConditionTest, { context }: PointRequest): Check {
  const result = evaluateTest(test, context);
  const values = lookUp(context, test.foldedKey);
  const shared = {
    element: "CONDITION" as const,
    pattern: test.values.join(", "),
    key: test.key,
    operator: test.operator,
    ...(typeof values === "string" ? {} : { value: values.join(", ") }),
  };
  if (result === "UNKNOWN") return { ...shared, outcome: "MATCHED_IF", reason: "KEY_UNKNOWN" };
  if (result === "UNREADABLE") return { ...shared, outcome: "MATCHED_IF", reason: "VALUE_UNREADABLE" };
  const reason = values === "ABSENT" ? "KEY_ABSENT" : result ? "VALUE_SATISFIES" : "VALUE_FAILS";
  return { ...shared, outcome: result ? "MATCHED" : "NOT_MATCHED", reason };
}

function unreadableCheck(part: Grant["statement"]["unreadable"][number]): Check {
  const reason = part.code === "UNKNOWN_OPERATOR" ? "OPERATOR_UNSUPPORTED" : "VALUE_UNREADABLE";
  return {
    element: elementAt(part.pointer),
    outcome: "MATCHED_IF",
    reason,
    pattern: part.text,
    ...(part.key === undefined ? {} : { key: part.key }),
    ...(part.operator === undefined ? {} : { operator: part.operator }),
  };
}

function elementAt(pointer: string): StatementElement {
  const name = pointer.split("/")[3]?.toLowerCase();
  if (name === "action") return "ACTION";
  if (name === "notaction") return "NOT_ACTION";
  if (name === "resource") return "RESOURCE";
  if (name === "notresource") return "NOT_RESOURCE";
  return name === "principal" ? "PRINCIPAL" : "CONDITION";
}
