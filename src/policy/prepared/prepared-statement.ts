import type { RequestResource } from "../arn.js";
import type { ConditionTest } from "../conditions/condition-test.js";
import type { Statement } from "../document.js";
import { matchesResource, type ResourceMatcher, resourceMatcher } from "./resource-matcher.js";
import { serviceMask } from "./service-mask.js";
import { matchesText, type TextMatcher, textMatcher } from "./text-matcher.js";

/** A statement with everything worked out that does not hang on the request. */
export interface PreparedStatement {
  readonly statement: Statement;
  /** Where the bit of an action's service is not set, the statement does not cover the action. */
  readonly services: number;
  /** Undefined where the element cannot be read: it may cover anything. */
  readonly actions: PreparedElement<TextMatcher> | undefined;
  readonly resources: PreparedElement<ResourceMatcher> | undefined;
  readonly tests: readonly ConditionTest[];
  /** Every part of it could be read. */
  readonly isReadable: boolean;
  /** It tells one principal of an account from another. */
  readonly namesCallers: boolean;
}

interface PreparedElement<M> {
  readonly isNegated: boolean;
  readonly matchers: readonly M[];
}

export function prepareStatement(statement: Statement): PreparedStatement {
  const { actions, resources, conditions, unreadable, principals, effect } = statement;
  const isReadable =
    unreadable.length === 0 && effect !== "UNREADABLE" && actions !== "UNREADABLE" && resources !== "UNREADABLE";
  return {
    statement,
    services: serviceMask(statement),
    actions:
      actions === "UNREADABLE"
        ? undefined
        : { isNegated: actions.isNegated, matchers: actions.patterns.map(({ folded }) => textMatcher(folded)) },
    resources:
      resources === "UNREADABLE"
        ? undefined
        : { isNegated: resources.isNegated, matchers: resources.patterns.map(resourceMatcher) },
    tests: conditions,
    isReadable,
    namesCallers: principals !== undefined || conditions.some(({ foldedKey }) => foldedKey === "acs:principalarn"),
  };
}

/** False where the statement is certain not to cover the action, given in lower case. */
export function mayCover({ actions }: PreparedStatement, foldedAction: string): boolean {
  if (actions === undefined) return true;
  const { matchers, isNegated } = actions;
  for (let at = 0; at < matchers.length; at++) {
    const matcher = matchers[at];
    if (matcher !== undefined && matchesText(matcher, foldedAction)) return !isNegated;
  }
  return isNegated;
}

/** False where the statement is certain not to cover the resource. */
export function mayReach({ resources }: PreparedStatement, resource: RequestResource): boolean {
  if (resources === undefined) return true;
  const { matchers, isNegated } = resources;
  for (let at = 0; at < matchers.length; at++) {
    const matcher = matchers[at];
    if (matcher !== undefined && matchesResource(matcher, resource)) return !isNegated;
  }
  return isNegated;
}
