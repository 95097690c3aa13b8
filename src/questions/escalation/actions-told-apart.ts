import type { Steps } from "../../grants/steps.js";
import { type ActionPattern, readActionPattern } from "../../policy/action-pattern.js";
import type { ResourcePattern } from "../../policy/arn.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import {
  type ActionDividers,
  type ActionRepresentatives,
  representativeActionsInSteps,
} from "../../policy/patterns/action-set.js";

type Patterns = readonly ActionPattern[];

const ANY: Patterns = [readActionPattern("*")];

/**
 * Actions of which each is told from the others by what some statement allows or denies. Where one statement allows all but a few
 * whatever the circumstances, only those few are told apart by what others allow. Yields now and then.
 */
export function* actionsToldApart(grants: readonly Grant[]): Steps<ActionRepresentatives> {
  const denials = grants.filter(({ statement }) => statement.effect !== "ALLOW");
  const leftOut = fewest(grants.map(leftOutBy).filter((list) => list !== undefined));
  if (leftOut === undefined) return yield* divideAll(ANY, [], grants);
  const parts = [yield* divideAll(leftOut, [], grants), yield* allBut(leftOut, denials)];
  return {
    actions: parts.flatMap(({ actions }) => actions),
    isExact: parts.every(({ isExact }) => isExact),
  };
}

/** What there is beside a list of actions that is left out, where nothing is denied. */
const OTHERS = new WeakMap<Patterns, ActionRepresentatives>();

function* allBut(leftOut: Patterns, denials: readonly Grant[]): Steps<ActionRepresentatives> {
  if (denials.length > 0) return yield* divideAll(ANY, leftOut, denials);
  const known = OTHERS.get(leftOut);
  if (known !== undefined) return known;
  const others = yield* divideAll(ANY, leftOut, []);
  OTHERS.set(leftOut, others);
  return others;
}

function divideAll(within: Patterns, except: Patterns, grants: readonly Grant[]): Steps<ActionRepresentatives> {
  return representativeActionsInSteps({ within, except }, dividersOf(grants));
}

/** The actions that a statement leaves out where it allows all others on every resource; undefined where it does not. */
function leftOutBy(grant: Grant): Patterns | undefined {
  const { actions } = grant.statement;
  if (actions === "UNREADABLE" || !allowsEverywhere(grant)) return undefined;
  if (actions.isNegated) return actions.patterns;
  return actions.patterns.some(({ folded }) => folded === "*") ? [] : undefined;
}

/** Does it allow its actions on every resource of the account, whatever the circumstances? */
export function allowsEverywhere(grant: Grant): boolean {
  return allowsAlways(grant) && resourcesNamedBy(grant.statement).some(({ form }) => form === "ANY");
}

/** Does it allow its actions in all of the account, whatever the circumstances, be it on few resources? */
export function allowsAlways({ statement, layer, resourceGroupId }: Grant): boolean {
  const { effect, conditions, unreadable } = statement;
  if (layer !== "ACCOUNT_LEVEL_IDENTITY_POLICY" || resourceGroupId !== undefined) return false;
  return effect === "ALLOW" && conditions.length === 0 && unreadable.length === 0;
}

/** The resources that it names, where it does not name those that it leaves out. */
export function resourcesNamedBy({ resources }: Statement): readonly ResourcePattern[] {
  return resources === "UNREADABLE" || resources.isNegated ? [] : resources.patterns;
}

function fewest(lists: readonly Patterns[]): Patterns | undefined {
  return lists.toSorted((a, b) => a.length - b.length)[0];
}

/** Each once: lists of patterns, and tests of the pseudo-key `Action`. */
function dividersOf(grants: readonly Grant[]): ActionDividers {
  const lists = grants.flatMap(({ statement: { actions } }) => (actions === "UNREADABLE" ? [] : [actions.patterns]));
  const tests = grants.flatMap(({ statement }) =>
    statement.conditions.filter(({ foldedKey }) => foldedKey === "action"),
  );
  return {
    lists: [...new Map(lists.map((list) => [textOf(list), list])).values()],
    tests: [...new Map(tests.map((test) => [test.identity, test])).values()],
  };
}

/** Texts of the lists of statements, which many principals share. */
const TEXTS = new WeakMap<Patterns, string>();

function textOf(list: Patterns): string {
  const known = TEXTS.get(list);
  if (known !== undefined) return known;
  const text = list.map(({ folded }) => folded).join("\n");
  TEXTS.set(list, text);
  return text;
}
