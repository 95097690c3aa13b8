import type { ActionPattern } from "../action-pattern.js";
import type { RequestResource, ResourcePattern } from "../arn.js";
import type { ConditionTest } from "../conditions/condition-test.js";
import type { PatternElement, Statement } from "../document.js";
import { hasWildcard } from "../wildcard.js";
import { matchesResource, type ResourceMatcher, resourceMatcher } from "./resource-matcher.js";
import { serviceMask } from "./service-mask.js";
import { textBit } from "./text-bit.js";
import { matchesText, type TextMatcher, textMatcher } from "./text-matcher.js";

/** A statement with everything worked out that does not hang on the request. What settles most requests lies in it itself. */
export interface PreparedStatement {
  readonly statement: Statement;
  /** Where the bit of an action's service is not set, the statement does not cover the action. */
  readonly services: number;
  /** Where the bit of an action's name is not set, none of the names without wildcards is that action. */
  readonly exactBits: number;
  readonly isActionNegated: boolean;
  readonly actionPatterns: readonly TextMatcher[];
  /** Names without wildcards, in lower case. */
  readonly exactActions: ReadonlySet<string>;
  /** Also where the element cannot be read. */
  readonly coversAnyResource: boolean;
  readonly isResourceNegated: boolean;
  readonly resources: readonly ResourceMatcher[];
  readonly tests: readonly ConditionTest[];
  /** Every part of it could be read. */
  readonly isReadable: boolean;
  /** It tells one principal of an account from another. */
  readonly namesCallers: boolean;
}

type Actions = Pick<PreparedStatement, "exactBits" | "isActionNegated" | "actionPatterns" | "exactActions">;
type Resources = Pick<PreparedStatement, "coversAnyResource" | "isResourceNegated" | "resources">;

export function prepareStatement(statement: Statement): PreparedStatement {
  const { actions, resources, conditions, unreadable, principals, effect } = statement;
  const isReadable = unreadable.length === 0 && effect !== "UNREADABLE" && principals !== "UNREADABLE";
  const names = principals !== undefined && principals !== "UNREADABLE";
  return {
    statement,
    services: serviceMask(statement),
    ...(actions === "UNREADABLE" ? ANY_ACTION : prepareActions(actions)),
    ...(resources === "UNREADABLE" ? ANY_RESOURCE : prepareResources(resources)),
    tests: conditions,
    isReadable: isReadable && actions !== "UNREADABLE" && resources !== "UNREADABLE",
    namesCallers: names || conditions.some(({ foldedKey }) => foldedKey === "acs:principalarn"),
  };
}

/** Nothing is left out of what may be covered. */
const ANY_ACTION: Actions = { exactBits: 0, isActionNegated: true, actionPatterns: [], exactActions: new Set() };
const ANY_RESOURCE: Resources = { coversAnyResource: true, isResourceNegated: false, resources: [] };

function prepareActions({ isNegated, patterns }: PatternElement<ActionPattern>): Actions {
  const texts = patterns.map(({ folded }) => folded);
  const exact = texts.filter((text) => !hasWildcard(text));
  return {
    exactBits: exact.reduce((bits, text) => bits | textBit(text), 0),
    isActionNegated: isNegated,
    actionPatterns: texts.filter(hasWildcard).map(textMatcher),
    exactActions: new Set(exact),
  };
}

function prepareResources({ isNegated, patterns }: PatternElement<ResourcePattern>): Resources {
  const hasAny = patterns.some(({ form }) => form === "ANY");
  return {
    coversAnyResource: hasAny && !isNegated,
    isResourceNegated: isNegated,
    resources: patterns.map(resourceMatcher),
  };
}

/**
 * False where the statement is certain not to cover the action.
 * @param nameBit `textBit` of the action in lower case
 */
export function mayCover(prepared: PreparedStatement, foldedAction: string, nameBit: number): boolean {
  const { exactBits, isActionNegated, actionPatterns } = prepared;
  if ((exactBits & nameBit) !== 0 && prepared.exactActions.has(foldedAction)) return !isActionNegated;
  for (let at = 0; at < actionPatterns.length; at++) {
    const pattern = actionPatterns[at];
    if (pattern !== undefined && matchesText(pattern, foldedAction)) return !isActionNegated;
  }
  return isActionNegated;
}

/** False where the statement is certain not to cover the resource. */
export function mayReach(prepared: PreparedStatement, resource: RequestResource): boolean {
  if (prepared.coversAnyResource) return true;
  const { resources, isResourceNegated } = prepared;
  for (let at = 0; at < resources.length; at++) {
    const matcher = resources[at];
    if (matcher !== undefined && matchesResource(matcher, resource)) return !isResourceNegated;
  }
  return isResourceNegated;
}
