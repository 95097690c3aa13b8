import { actionKey } from "../../../inventory/keys.js";
import { serviceOfAction } from "../../../policy/action-pattern.js";
import { certainName } from "../../../policy/nearest-name.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { nearestNames } from "../../access/nearest-names.js";
import { documentedActions } from "../known-service.js";
import type { LintRule, Remark } from "../lint-rule.js";
import { listedActions } from "../listed-patterns.js";

export const unknownAction: LintRule = {
  code: "UNKNOWN_ACTION",
  severity: "WARNING",
  why: "The service's authorization page lists no such action but one with nearly the same name. A misspelt Allow grants nothing, a misspelt Deny forbids nothing.",
  mend: "Write the name as the page does.",
  example: { document: [{ Effect: "Allow", Action: "mq:QueryDeviceStatsitics", Resource: "*" }] },
  find: ({ statements, catalog }) =>
    statements.flatMap(listedActions).flatMap(({ pattern, pointer }): readonly Remark[] => {
      if (hasWildcard(pattern.folded) || catalog.actions.has(actionKey(pattern.folded))) return [];
      const known = documentedActions(catalog, serviceOfAction(pattern.folded)) ?? [];
      const names = known.map(({ name }) => name);
      const near = nearestNames(pattern.text, names, 3).map((name) => `\`${name}\``);
      if (near.length === 0) return [];
      const suggestion = certainName(pattern.text, names);
      const message = `\`${pattern.text}\` is no known action, but ${near.join(" or ")} is`;
      return [{ message, pointer, ...(suggestion !== undefined && { suggestion }) }];
    }),
};
