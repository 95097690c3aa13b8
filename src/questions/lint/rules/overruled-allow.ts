import type { LintRule } from "../lint-rule.js";
import { coversStatement } from "../statement-cover.js";

export const overruledAllow: LintRule = {
  code: "OVERRULED_ALLOW",
  severity: "WARNING",
  why: "A Deny of the same document applies wherever this Allow does, and a Deny always wins, so the Allow grants nothing.",
  mend: "Narrow the Deny, or remove the Allow.",
  example: {
    document: [
      { Effect: "Allow", Action: "oss:DeleteObject", Resource: "acs:oss:*:*:logs/*" },
      { Effect: "Deny", Action: "oss:Delete*", Resource: "*" },
    ],
  },
  find: ({ statements, budget }) =>
    statements
      .filter(({ effect }) => effect === "ALLOW")
      .flatMap((allow) => {
        const deny = statements.find((each) => each.effect === "DENY" && coversStatement(each, allow, budget));
        if (deny === undefined) return [];
        return [{ message: `${deny.pointer} denies all that the statement allows`, pointer: allow.pointer }];
      }),
};
