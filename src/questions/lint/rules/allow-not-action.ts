import type { LintRule } from "../lint-rule.js";

export const allowNotAction: LintRule = {
  code: "ALLOW_NOT_ACTION",
  severity: "SECURITY_WARNING",
  why: "`NotAction` with Allow grants all that it does not list: every other service, and every action that the cloud adds later.",
  mend: "List what is needed under `Action`, or forbid with a Deny of its own what must not be done.",
  example: { document: [{ Effect: "Allow", NotAction: "ram:*", Resource: "*" }] },
  find: ({ statements, type }) =>
    statements.flatMap(({ effect, actions, pointer }) =>
      effect === "ALLOW" && type !== "CONTROL" && actions !== "UNREADABLE" && actions.isNegated
        ? [
            {
              message: "`NotAction` with Allow grants every action that it does not list",
              pointer: `${pointer}/NotAction`,
            },
          ]
        : [],
    ),
};
