import type { ConditionTest } from "../../../policy/conditions/condition-test.js";
import { MOST_STEPS } from "../../../policy/conditions/feasible.js";
import { OPERATORS } from "../../../policy/conditions/operators.js";
import type { Statement } from "../../../policy/document.js";
import type { Budget } from "../../../policy/patterns/budget.js";
import type { LintRule } from "../lint-rule.js";
import { conditionOf, solveWithin } from "../solve-within.js";

export const conditionNeverHolds: LintRule = {
  code: "CONDITION_NEVER_HOLDS",
  severity: "WARNING",
  why: "All tests of a condition must pass together; where no request can do that, the statement is dead: an Allow grants nothing and a Deny forbids nothing.",
  mend: "Mend the values, or split what was meant as alternatives into statements of their own.",
  example: {
    document: [
      {
        Effect: "Allow",
        Action: "oss:GetObject",
        Resource: "*",
        Condition: { StringEquals: { "acs:SourceVpc": "vpc-1" }, StringNotLike: { "acs:SourceVpc": "vpc-*" } },
      },
    ],
  },
  find: ({ statements, budget }) =>
    statements
      .filter((statement) => neverHolds(statement, budget))
      .map(({ pointer, effect }) => ({
        message: `no request can meet the condition, so the statement ${effect === "DENY" ? "denies" : "allows"} nothing`,
        pointer: `${pointer}/Condition`,
      })),
};

function neverHolds(statement: Statement, budget: Budget): boolean {
  const { conditions, pointer } = statement;
  if (conditions.length === 0) return false;
  const outcome = solveWithin(conditionOf(conditions, pointer), conditions.length, budget);
  return outcome === "NEVER" || SINGLE_VALUED.some((key) => excludesEachOther(statement, key));
}

/** Keys of which a request carries one value; of others it may carry several, which pass tests that exclude each other. */
const SINGLE_VALUED = ["acs:currenttime", "acs:sourceip", "acs:securetransport", "acs:mfapresent", "acs:principalarn"];

/** Do the tests of a key leave no value over, and fail for an absent key as well? */
function excludesEachOther({ conditions }: Statement, key: string): boolean {
  const tests = conditions.filter(({ foldedKey }) => foldedKey === key);
  const [first] = tests;
  const family = familyOf(first);
  if (first === undefined || family === undefined || tests.some((test) => familyOf(test) !== family)) return false;
  const values = family.representatives(tests, MOST_STEPS);
  return (
    values !== undefined &&
    [[], ...values.map((value) => [value])].every((given) =>
      tests.some((test) => test.holdsPositive(given) === test.isNegated),
    )
  );
}

function familyOf(test: ConditionTest | undefined) {
  return OPERATORS.get(test?.positiveName ?? "")?.family;
}
