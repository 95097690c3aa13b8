import { actionsMatching } from "../../../grants/covered-actions.js";
import { serviceOfAction } from "../../../policy/action-pattern.js";
import { nearestNames } from "../../access/nearest-names.js";
import { allActions } from "../known-service.js";
import type { LintRule, Remark } from "../lint-rule.js";
import { listedActions } from "../listed-patterns.js";

export const idleAction: LintRule = {
  code: "IDLE_ACTION",
  severity: "SUGGESTION",
  why: "The service's authorization page was read and lists no action that this name or pattern covers. It may be of a page that was not read, or grant and forbid nothing.",
  mend: "Look the action up; import the page that has it, or remove the name.",
  example: { document: [{ Effect: "Allow", Action: "mq:Obliterate*", Resource: "*" }] },
  find: ({ statements, catalog }) =>
    statements.flatMap(listedActions).flatMap(({ pattern, pointer }): readonly Remark[] => {
      const service = serviceOfAction(pattern.folded);
      const known = allActions(catalog, service);
      if (known === undefined || actionsMatching(catalog, pattern).length > 0) return [];
      // One with a near name is a misspelling.
      if (
        nearestNames(
          pattern.text,
          known.map(({ name }) => name),
          1,
        ).length > 0
      )
        return [];
      return [{ message: `the catalog lists no action of \`${service}\` that \`${pattern.text}\` covers`, pointer }];
    }),
};
