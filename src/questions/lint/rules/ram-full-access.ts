import { reachesEverything } from "../broad-reach.js";
import type { LintRule } from "../lint-rule.js";
import { listedActions, mayAllow } from "../listed-patterns.js";

export const ramFullAccess: LintRule = {
  code: "RAM_FULL_ACCESS",
  severity: "SECURITY_WARNING",
  why: "Whoever may do everything in RAM may attach AdministratorAccess to themselves, so this is as much as being administrator.",
  mend: "Name the actions of RAM that are needed, such as `ram:Get*` and `ram:List*`.",
  example: { document: [{ Effect: "Allow", Action: ["ecs:Describe*", "ram:*"], Resource: "*" }] },
  find: ({ statements, type }) =>
    statements
      .filter((statement) => type === "IDENTITY" && mayAllow(statement))
      .flatMap((statement) => listedActions(statement).map((listed) => ({ ...listed, statement })))
      .filter(({ pattern }) => /^(?:ram|ims):\*+$/.test(pattern.folded))
      .map(({ pattern, pointer, statement }) => {
        const extent = reachesEverything(statement) ? "rights over all other rights" : "rights over others' rights";
        return { message: `\`${pattern.text}\` gives ${extent}`, pointer };
      }),
};
