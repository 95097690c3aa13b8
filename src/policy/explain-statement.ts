import { type ActionPattern, coversAction, objectOfAction } from "./action-pattern.js";
import { coversResource, differingSegment, type RequestResource, type ResourcePattern } from "./arn.js";
import { namesCaller } from "./caller.js";
import type { ConditionTest } from "./conditions/condition-test.js";
import { evaluateTest, lookUp, type TestResult } from "./conditions/context.js";
import type { Statement } from "./document.js";
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
  const checks = checksOf(grant, request);
  return { outcome: worstOf(checks), checks };
}

/** The checks alone. */
export function checksOf(grant: Grant, request: PointRequest): readonly Check[] {
  const { actions, resources, conditions, unreadable } = grant.statement;
  const checks: Check[] = [];
  addIfAny(checks, checkScope(grant, request));
  addIfAny(checks, checkPrincipal(grant, request));
  addIfAny(checks, checkActions(actions, request));
  addIfAny(checks, checkResources(resources, request));
  for (const test of conditions) checks.push(checkTest(test, request));
  for (const part of unreadable) checks.push(unreadableCheck(part));
  return checks;
}

function addIfAny(checks: Check[], check: Check | undefined): void {
  if (check !== undefined) checks.push(check);
}

function worstOf(checks: readonly Check[]): MatchOutcome {
  let worst: MatchOutcome = "MATCHED";
  for (const { outcome } of checks) {
    if (outcome === "NOT_MATCHED") return outcome;
    if (outcome === "MATCHED_IF") worst = outcome;
  }
  return worst;
}

function checkScope(grant: Grant, request: PointRequest): Check | undefined {
  const { resourceGroupId } = grant;
  if (resourceGroupId === undefined) return undefined;
  const reaches = reachesScope(grant, request);
  const { resourceGroup } = request;
  const isKnown = typeof resourceGroup === "object" && isResourceGroup(resourceGroupId);
  return {
    element: "SCOPE",
    outcome: reaches === undefined ? "MATCHED_IF" : reaches ? "MATCHED" : "NOT_MATCHED",
    reason: reaches === true ? "PATTERN_MATCH" : isKnown ? "RESOURCE_GROUP_DIFFERS" : "RESOURCE_GROUP_UNKNOWN",
    pattern: resourceGroupId,
    ...(isKnown ? { value: resourceGroup.id } : {}),
  };
}

function checkPrincipal({ statement }: Grant, request: PointRequest): Check | undefined {
  const { principals } = statement;
  if (principals === undefined || principals === "UNREADABLE") return undefined;
  const named = mayNameCaller(statement, request);
  const { name, serviceName, accountId } = request.caller;
  const value = name ?? serviceName ?? accountId;
  const naming = principals.find((pattern) => namesCaller(pattern, request.caller) === named);
  return {
    element: "PRINCIPAL",
    outcome: named === undefined ? "MATCHED_IF" : named ? "MATCHED" : "NOT_MATCHED",
    reason: named === undefined ? "VALUE_UNREADABLE" : named ? "PATTERN_MATCH" : "PRINCIPAL_DIFFERS",
    pattern: (named === false ? principals : [naming]).map((pattern) => pattern?.text ?? "").join(", "),
    ...(value === undefined ? {} : { value }),
  };
}

/**
 * How an element compares: by the first of its patterns that matches, else by the one that comes closest.
 *
 * @param difference what tells the closest pattern from the request; `undefined` where the pattern matches
 */
function elementCheck(
  name: "ACTION" | "RESOURCE",
  isNegated: boolean,
  pattern: string,
  difference: CheckReason | undefined,
  value: string,
): Check {
  const isMatch = difference === undefined;
  const outcome = isMatch === isNegated ? "NOT_MATCHED" : "MATCHED";
  if (!isNegated) return { element: name, outcome, reason: difference ?? "PATTERN_MATCH", pattern, value };
  const excluded = name === "ACTION" ? "EXCLUDED_BY_NOT_ACTION" : "EXCLUDED_BY_NOT_RESOURCE";
  return { element: `NOT_${name}`, outcome, reason: difference ?? excluded, pattern, value };
}

function checkActions(element: Statement["actions"], { action, foldedAction }: PointRequest): Check | undefined {
  if (element === "UNREADABLE") return undefined;
  const { patterns, isNegated } = element;
  for (const pattern of patterns) {
    if (coversAction(pattern, foldedAction)) return elementCheck("ACTION", isNegated, pattern.text, undefined, action);
  }
  const [first] = patterns;
  const closest = closestActions(patterns, action, foldedAction);
  if (first === undefined) return undefined;
  if (closest === undefined) return elementCheck("ACTION", isNegated, first.text, "SERVICE_DIFFERS", action);
  return elementCheck("ACTION", isNegated, closest, "ACTION_DIFFERS", action);
}

/**
 * Of patterns of the same service those about the same object, which tell what may be done to it instead; else the first.
 * Undefined where there are none of the service.
 */
function closestActions(patterns: readonly ActionPattern[], action: string, foldedAction: string): string | undefined {
  const prefix = foldedAction.slice(0, foldedAction.indexOf(":") + 1) || "*:";
  let sameService: ActionPattern[] | undefined;
  for (const pattern of patterns) {
    if (!pattern.folded.startsWith(prefix)) continue;
    if (sameService === undefined) sameService = [pattern];
    else sameService.push(pattern);
  }
  if (sameService === undefined) return undefined;
  const object = objectOfAction(action);
  const related = object === "" ? [] : sameService.filter(({ folded }) => folded.includes(object));
  return related.length === 0 ? sameService[0]?.text : related.map(({ text }) => text).join(", ");
}

const SEGMENT_REASONS: readonly CheckReason[] = [
  "SERVICE_DIFFERS",
  "SERVICE_DIFFERS",
  "REGION_DIFFERS",
  "ACCOUNT_DIFFERS",
  "RESOURCE_DIFFERS",
];

function checkResources(element: Statement["resources"], { resource }: PointRequest): Check | undefined {
  if (element === "UNREADABLE") return undefined;
  const { patterns, isNegated } = element;
  let [closest, furthest]: [string | undefined, number] = [undefined, -1];
  for (const pattern of patterns) {
    const segment = differenceOf(pattern, resource);
    if (segment === undefined) return elementCheck("RESOURCE", isNegated, pattern.text, undefined, resource.text);
    if (segment > furthest) [closest, furthest] = [pattern.text, segment];
  }
  if (closest === undefined) return undefined;
  const difference = SEGMENT_REASONS[furthest] ?? "RESOURCE_DIFFERS";
  return elementCheck("RESOURCE", isNegated, closest, difference, resource.text);
}

/** The first segment in which they differ; undefined where the pattern covers the resource. */
function differenceOf(pattern: ResourcePattern, resource: RequestResource): number | undefined {
  if (pattern.segments !== undefined) return differingSegment(pattern.segments, resource);
  return coversResource(pattern, resource) ? undefined : WHOLE_TEXT;
}

/** A pattern that is one text differs in no segment before the last. */
const WHOLE_TEXT = 4;

function checkTest(test: ConditionTest, { context }: PointRequest): Check {
  const { key, operator, foldedKey } = test;
  const result = evaluateTest(test, context);
  const values = lookUp(context, foldedKey);
  const outcome = typeof result === "string" ? "MATCHED_IF" : result ? "MATCHED" : "NOT_MATCHED";
  const reason = testReason(result, values === "ABSENT");
  const pattern = textOf(test.values);
  if (typeof values === "string") return { element: "CONDITION", outcome, reason, pattern, key, operator };
  return { element: "CONDITION", outcome, reason, pattern, value: textOf(values), key, operator };
}

function testReason(result: TestResult, isAbsent: boolean): CheckReason {
  if (result === "UNKNOWN") return "KEY_UNKNOWN";
  if (result === "UNREADABLE") return "VALUE_UNREADABLE";
  return isAbsent ? "KEY_ABSENT" : result ? "VALUE_SATISFIES" : "VALUE_FAILS";
}

function textOf(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? "") : values.join(", ");
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
