import type { ConditionTest } from "../../policy/conditions/condition-test.js";
import { allOf, type Formula } from "../../policy/logic/formula.js";
import { type Solution, solve } from "../../policy/logic/solve.js";
import type { Budget } from "../../policy/patterns/budget.js";

/** Tests beyond these are not tabulated, so more of them cost no more. */
const MOST_TESTS = 16;

/** What must hold for all the tests of a statement to pass. */
export function conditionOf(conditions: readonly ConditionTest[], pointer: string): Formula {
  return allOf(conditions.map((test): Formula => ({ kind: "TEST", test, from: { policy: "", pointer } })));
}

/**
 * The outcome of a formula over so many tests, where it is exact; undefined where it is not, or where the budget does not
 * suffice.
 */
export function solveWithin(formula: Formula, testCount: number, budget: Budget): Solution["outcome"] | undefined {
  budget.left -= 3000 + 8 * 2 ** Math.min(testCount, MOST_TESTS);
  if (budget.left < 0) return undefined;
  const { outcome, isExact } = solve(formula);
  return isExact ? outcome : undefined;
}
