import type { ActionPattern } from "../action-pattern.js";
import { divide } from "./divide.js";
import { type Budget, STEP_BUDGET } from "./find-word.js";
import { compileWildcards, type Program } from "./program.js";

/** Actions that stand for all there may be: every other is covered by the same lists as one of these. */
export interface ActionRepresentatives {
  /** `service:Name` in lower case. */
  readonly actions: readonly string[];
  /** False when the budget ran out: there may be actions that none of these stands for. */
  readonly isExact: boolean;
}

/** Which actions are divided: those that one of the former covers and none of the latter. */
export interface ActionDomain {
  readonly within: readonly ActionPattern[];
  readonly except: readonly ActionPattern[];
}

/** Divides actions, known ones or not, by lists of patterns, as `representatives` divides resources. */
export function representativeActions(
  { within, except }: ActionDomain,
  lists: readonly (readonly ActionPattern[])[],
): ActionRepresentatives {
  const budget: Budget = { left: STEP_BUDGET };
  const domain = [[ANY_ACTION], within.map(programOf)];
  const unions = lists.map((list) => list.map(programOf));
  const { words, isExact } = divide(domain, [TWO_COLONS, ...except.map(programOf)], unions, budget);
  return { actions: words, isExact };
}

/** Every action has one colon, which wildcards match as well as any other character. */
const ANY_ACTION = compileWildcards("?*:?*", false);
const TWO_COLONS = compileWildcards("*:*:*", false);

function programOf({ folded }: ActionPattern): Program {
  return compileWildcards(folded, false);
}
