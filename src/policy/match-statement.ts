import { coversAction } from "./action-pattern.js";
import { coversResource } from "./arn.js";
import { namesCaller } from "./caller.js";
import type { ConditionTest } from "./conditions/condition-test.js";
import { evaluateTest, isKnown } from "./conditions/context.js";
import type { Statement, UnreadablePart } from "./document.js";
import type { Grant } from "./grant.js";
import { isResourceGroup } from "./is-resource-group.js";
import { allOf, FALSE, type Formula, TRUE, UNKNOWN } from "./logic/formula.js";
import type { PointRequest } from "./request.js";

/** A value of the request that an operator cannot read. */
export interface UnreadableRequestValue {
  readonly key: string;
  readonly operator: string;
}

/** Under which circumstances a statement applies. */
export interface StatementMatch {
  readonly applies: Formula;
  /** Given by the asker, who can mend them. */
  readonly unreadableValues: readonly UnreadableRequestValue[];
  /** What leaves it open whether the statement applies. */
  readonly unreadable: readonly UnreadablePart[];
}

const NO_MATCH: StatementMatch = { applies: FALSE, unreadableValues: [], unreadable: [] };

/**
 * Matches one statement: it applies, does not apply, or applies if its open condition tests hold. An element that could
 * not be read may match, which leaves the whole unknown unless a readable element rules the statement out.
 */
export function matchStatement(grant: Grant, request: PointRequest): StatementMatch {
  const { statement } = grant;
  const action = mayCoverAction(statement, request.foldedAction);
  const resource = action !== false && mayCoverResource(statement, request);
  if (action === false || resource === false) return NO_MATCH;
  const covered = [action, resource, reachesScope(grant, request), mayNameCaller(statement, request)];
  if (covered.includes(false)) return NO_MATCH;
  const parts: Formula[] = [];
  const unreadable = [...statement.unreadable];
  const unreadableValues: UnreadableRequestValue[] = [];
  for (const test of statement.conditions) {
    const part = openOrSettled(test, grant, request);
    if (part !== undefined) parts.push(part);
    else if (isKnown(request.context, test.foldedKey)) unreadable.push(unreadableTest(test));
    else unreadableValues.push({ key: test.key, operator: test.operator });
  }
  if (unreadable.length > 0 || covered.includes(undefined)) parts.push(UNKNOWN);
  return { applies: allOf(parts), unreadableValues, unreadable };
}

/**
 * Does the grant reach the resource's group? A grant at account scope reaches all; one at group scope only members of
 * that group, and nothing while no groups were imported (the answer's coverage says so). Undefined when the membership, or
 * what the scope means, is not known.
 */
export function reachesScope(
  { resourceGroupId }: Pick<Grant, "resourceGroupId">,
  { resourceGroup }: Pick<PointRequest, "resourceGroup">,
): boolean | undefined {
  if (resourceGroupId === undefined) return true;
  if (!isResourceGroup(resourceGroupId)) return undefined;
  if (resourceGroup === "UNKNOWN") return undefined;
  return typeof resourceGroup === "object" && resourceGroup.id === resourceGroupId;
}

/** Does the statement name the caller? Identity policies name nobody and mean whom they are attached to. */
export function mayNameCaller(
  { principals }: Statement,
  { caller }: Pick<PointRequest, "caller">,
): boolean | undefined {
  if (principals === undefined) return true;
  if (principals === "UNREADABLE") return undefined;
  const named = principals.map((pattern) => namesCaller(pattern, caller));
  return named.includes(true) ? true : named.includes(undefined) ? undefined : false;
}

/** The operator cannot read what every such request carries, so what the policy means is not known. */
function unreadableTest({ key, operator, pointer, values }: ConditionTest): UnreadablePart {
  return { code: "OPERATOR_DOES_NOT_FIT", pointer, text: `${key} ${operator} ${values.join(", ")}`, key, operator };
}

/** Does the statement's action element cover the action (in lower case)? Undefined when the element cannot be read. */
export function mayCoverAction({ actions }: Statement, foldedAction: string): boolean | undefined {
  if (actions === "UNREADABLE") return undefined;
  for (const pattern of actions.patterns) if (coversAction(pattern, foldedAction)) return !actions.isNegated;
  return actions.isNegated;
}

/** Does the statement's resource element cover the resource? Undefined when the element cannot be read. */
export function mayCoverResource(
  { resources }: Statement,
  { resource }: Pick<PointRequest, "resource">,
): boolean | undefined {
  if (resources === "UNREADABLE") return undefined;
  for (const pattern of resources.patterns) if (coversResource(pattern, resource)) return !resources.isNegated;
  return resources.isNegated;
}

function openOrSettled(test: ConditionTest, { policy, statement }: Grant, request: PointRequest): Formula | undefined {
  const result = evaluateTest(test, request.context);
  if (result === "UNREADABLE") return undefined;
  if (result === "UNKNOWN") return { kind: "TEST", test, from: { policy, pointer: statement.pointer } };
  return result ? TRUE : FALSE;
}
