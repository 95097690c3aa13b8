import type { LintRule } from "../lint-rule.js";
import { coversStatement } from "../statement-cover.js";

export const shadowedStatement: LintRule = {
  code: "SHADOWED_STATEMENT",
  severity: "SUGGESTION",
  why: "Another statement of the same effect applies wherever this one does, so leaving it out changes nothing; or the other was not meant to be so wide.",
  mend: "Remove the statement, or narrow the other.",
  example: {
    document: [
      { Effect: "Allow", Action: "ecs:*", Resource: "*" },
      { Effect: "Allow", Action: "ecs:Describe*", Resource: "acs:ecs:*:*:instance/*" },
    ],
  },
  find: ({ statements, budget }) =>
    statements.flatMap((inner, index) => {
      const outer = statements.find(
        (each, other) =>
          other !== index &&
          each.effect === inner.effect &&
          coversStatement(each, inner, budget) &&
          // Of two that say the same, the first stays.
          (other < index || !coversStatement(inner, each, budget)),
      );
      if (outer === undefined) return [];
      return [{ message: `${outer.pointer} already covers all of the statement`, pointer: inner.pointer }];
    }),
};
