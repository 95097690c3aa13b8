import { isEveryAction, reachesEverything } from "../broad-reach.js";
import type { LintRule } from "../lint-rule.js";
import { listedActions, mayAllow } from "../listed-patterns.js";

export const allowsEverything: LintRule = {
  code: "ALLOWS_EVERYTHING",
  severity: "SECURITY_WARNING",
  why: "Every action on every resource without any condition is what an administrator has, rights over the rights of others included.",
  mend: "Name the services that are needed, or keep it for the few who administer the account.",
  example: { document: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  find: ({ statements, type }) =>
    // A control policy grants nothing, and a session policy nothing that the role lacks: there `*` means no bound.
    statements
      .filter((statement) => type === "IDENTITY" && mayAllow(statement) && reachesEverything(statement))
      .flatMap(listedActions)
      .filter(({ pattern }) => isEveryAction(pattern.folded))
      .map(({ pattern, pointer }) => ({ message: `\`${pattern.text}\` allows every action on everything`, pointer })),
};
