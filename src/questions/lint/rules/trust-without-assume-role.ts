import { coversAction } from "../../../policy/action-pattern.js";
import { ASSUME_ROLE } from "../../access/assume-role.js";
import type { LintRule } from "../lint-rule.js";

export const trustWithoutAssumeRole: LintRule = {
  code: "TRUST_WITHOUT_ASSUME_ROLE",
  severity: "WARNING",
  why: "A trust policy is only asked about `sts:AssumeRole`; a statement about other actions lets nobody in and keeps nobody out.",
  mend: "Write `sts:AssumeRole`; what the role may do belongs into a policy attached to it.",
  example: {
    type: "TRUST",
    document: [{ Effect: "Allow", Action: "ecs:RunInstances", Principal: { Service: "ecs.aliyuncs.com" } }],
  },
  find: ({ statements, type }) =>
    statements.flatMap(({ actions, pointer }) => {
      if (type !== "TRUST" || actions === "UNREADABLE") return [];
      const isAsked = actions.patterns.some((pattern) => coversAction(pattern, ASSUME_ROLE)) !== actions.isNegated;
      const element = actions.isNegated ? "NotAction" : "Action";
      return isAsked
        ? []
        : [
            {
              message: "the statement leaves out `sts:AssumeRole`, the only action asked of a trust policy",
              pointer: `${pointer}/${element}`,
            },
          ];
    }),
};
