import { type ActionPattern, coversAction } from "../action-pattern.js";
import type { FamilyTest } from "../conditions/operator.js";
import { compileStringTest } from "../conditions/string-family.js";
import { finish, type Steps } from "../steps.js";
import { type Budget, STEP_BUDGET } from "./budget.js";
import { divide, MAX_CELLS } from "./divide.js";
import { ANY_RUN, compileLiteral, compileWildcards, type Program } from "./program.js";

/** Actions that stand for all there may be: every other is covered by the same lists, and passes the same tests, as one of these. */
export interface ActionRepresentatives {
  /** `service:Name`; in lower case where no test minds letter case. */
  readonly actions: readonly string[];
  /** False when the budget ran out: there may be actions that none of these stands for. */
  readonly isExact: boolean;
}

/** Which actions are divided: those that one of the former covers and none of the latter. */
export interface ActionDomain {
  readonly within: readonly ActionPattern[];
  readonly except: readonly ActionPattern[];
}

/** What tells actions from each other. */
export interface ActionDividers {
  readonly lists: readonly (readonly ActionPattern[])[];
  /** Tests of strings that the text of the action is held against. */
  readonly tests: readonly FamilyTest[];
}

/** Divides actions, known ones or not, as `representatives` divides resources. */
export function representativeActions(domain: ActionDomain, dividers: ActionDividers): ActionRepresentatives {
  return finish(representativeActionsInSteps(domain, dividers));
}

/** The same. Yields now and then, as many patterns take long to be told apart. */
export function* representativeActionsInSteps(
  { within, except }: ActionDomain,
  { lists, tests }: ActionDividers,
): Steps<ActionRepresentatives> {
  if (tests.length === 0 && within.every(isOneAction)) return representativesOf(within, except, lists);
  const budget: Budget = { left: STEP_BUDGET };
  // Patterns of actions ignore letter case, tests may not; without tests lower case stands for both, and is found sooner.
  const compile = ({ folded }: ActionPattern): Program => compileWildcards(folded, tests.length > 0);
  const domain = [[ANY_ACTION], within.map(compile)];
  const excluded = [TWO_COLONS, ...(tests.length > 0 ? WITH_WILDCARDS : []), ...except.map(compile)];
  const unions = [...lists.map((list) => list.map(compile)), ...tests.map(compileStringTest)];
  const { words, isExact } = yield* divide(domain, excluded, unions, budget);
  return { actions: words, isExact };
}

/** Does it cover one action and no other? */
function isOneAction({ folded }: ActionPattern): boolean {
  return /^[^:*?]+:[^:*?]+$/.test(folded);
}

/** Where single actions are divided, nothing has to be searched for: the first of those that the same lists cover stands for all. */
function representativesOf(
  within: readonly ActionPattern[],
  except: readonly ActionPattern[],
  lists: ActionDividers["lists"],
): ActionRepresentatives {
  const covers = (list: readonly ActionPattern[], action: string) => list.some((each) => coversAction(each, action));
  const cells = new Map<string, string>();
  for (const { folded } of within) {
    const cell = lists.map((list) => (covers(list, folded) ? "1" : "0")).join("");
    if (!covers(except, folded) && !cells.has(cell)) cells.set(cell, folded);
  }
  return { actions: [...cells.values()].slice(0, MAX_CELLS), isExact: cells.size <= MAX_CELLS };
}

const ANY_ACTION = compileWildcards("?*:?*", false);

/** A text with another colon is no action, but wildcards would match it as one. */
const TWO_COLONS = compileWildcards("*:*:*", false);

/** Nor is one with a wildcard, which a test for the very text may name by mistake. */
const WITH_WILDCARDS: readonly Program[] = ["*", "?"].map((wildcard) => [
  ANY_RUN,
  ...compileLiteral(wildcard, false),
  ANY_RUN,
]);
