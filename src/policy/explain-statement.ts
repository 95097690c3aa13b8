import { namesCaller } from "./caller.js";
import type { Check, CheckReason, MatchOutcome, StatementElement } from "./check.js";
import { checkActions } from "./check-actions.js";
import { checkResources } from "./check-resources.js";
import type { ConditionTest } from "./conditions/condition-test.js";
import { evaluateOn, lookUp, type TestResult } from "./conditions/context.js";
import { elementCheck } from "./element-check.js";
import type { Grant } from "./grant.js";
import { isResourceGroup } from "./is-resource-group.js";
import { mayNameCaller, reachesScope } from "./match-statement.js";
import type { PointRequest } from "./request.js";

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
  const action = actionCheck(grant, request);
  const resource = resourceCheck(grant, request);
  const isPlain = grant.resourceGroupId === undefined && grant.gist?.isBare === true;
  // Most statements have these two alone, and a list that is made with them takes no more room than they do.
  if (isPlain && action !== undefined && resource !== undefined) return [action, resource];
  const checks: Check[] = [];
  addIfAny(checks, checkScope(grant, request));
  addIfAny(checks, checkPrincipal(grant, request));
  addIfAny(checks, action);
  addIfAny(checks, resource);
  for (const test of grant.statement.conditions) checks.push(checkTest(test, request));
  for (const part of grant.statement.unreadable) checks.push(unreadableCheck(part));
  return checks;
}

/** That all patterns are of other services is in the gist. */
function actionCheck({ gist, statement }: Grant, request: PointRequest): Check | undefined {
  if (gist === undefined || (gist.actionServices & request.serviceBit) !== 0) {
    return checkActions(statement.actions, request);
  }
  return elementCheck("ACTION", gist.isActionNegated, gist.firstAction, "SERVICE_DIFFERS", request.action);
}

/** So it is for resources, and that the first pattern covers all of them. */
function resourceCheck({ gist, statement }: Grant, request: PointRequest): Check | undefined {
  if (gist === undefined) return checkResources(statement.resources, request);
  const { isResourceNegated, firstResource, resourceServices } = gist;
  const coversAny = firstResource === "*";
  if (!coversAny && (resourceServices & request.resourceServiceBit) !== 0) {
    return checkResources(statement.resources, request);
  }
  const difference = coversAny ? undefined : "SERVICE_DIFFERS";
  return elementCheck("RESOURCE", isResourceNegated, firstResource, difference, request.resource.text);
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

function checkTest(test: ConditionTest, { context }: PointRequest): Check {
  const { key, operator, foldedKey } = test;
  const values = lookUp(context, foldedKey);
  const result = evaluateOn(test, values);
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
