import type { LintRule } from "../lint-rule.js";
import { conditionOf, solveWithin } from "../solve-within.js";

export const conditionAlwaysHolds: LintRule = {
  code: "CONDITION_ALWAYS_HOLDS",
  severity: "WARNING",
  why: "A test that every request passes, also one without the key, bounds nothing; whoever wrote it meant it to.",
  mend: "Give the test the values it should have, or remove it.",
  example: {
    document: [
      {
        Effect: "Allow",
        Action: "oss:GetObject",
        Resource: "*",
        Condition: { StringNotEquals: { "acs:SourceVpc": [] } },
      },
    ],
  },
  find: ({ statements, budget }) =>
    statements
      .flatMap(({ conditions, pointer }) => conditions.map((test) => ({ test, formula: conditionOf([test], pointer) })))
      .filter(({ formula }) => solveWithin(formula, 1, budget) === "ALWAYS")
      .map(({ test: { operator, key, pointer } }) => ({
        message: `every request passes \`${operator}\` on \`${key}\`, so it bounds nothing`,
        pointer,
      })),
};
