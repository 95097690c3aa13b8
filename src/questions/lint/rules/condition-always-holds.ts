import { solve } from "../../../policy/logic/solve.js";
import type { LintRule } from "../lint-rule.js";

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
  find: ({ statements }) =>
    statements.flatMap(({ conditions, pointer }) =>
      conditions
        .filter((test) => {
          const { outcome, isExact } = solve({ kind: "TEST", test, from: { policy: "", pointer } });
          return isExact && outcome === "ALWAYS";
        })
        .map((test) => ({
          message: `every request passes \`${test.operator}\` on \`${test.key}\`, so it bounds nothing`,
          pointer: test.pointer,
        })),
    ),
};
