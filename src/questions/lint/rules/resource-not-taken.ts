import type { CatalogIndex } from "../../../grants/catalog-index.js";
import { actionsMatching } from "../../../grants/covered-actions.js";
import { type ActionPattern, serviceOfAction } from "../../../policy/action-pattern.js";
import type { ResourcePattern } from "../../../policy/arn.js";
import { patternsOverlap } from "../../../policy/patterns/patterns-overlap.js";
import { documentedActions, kindsOf } from "../known-service.js";
import type { LintDocument, LintRule, Remark } from "../lint-rule.js";
import { listedActions, listedResources } from "../listed-patterns.js";

export const resourceNotTaken: LintRule = {
  code: "RESOURCE_NOT_TAKEN",
  severity: "WARNING",
  why: "An action is asked about the types of resources that its authorization page lists, or about `*` where it takes none. A statement that names only other resources never applies to it.",
  mend: "Name resources of a type that the action takes, or `*` for an action that takes none.",
  example: {
    document: [{ Effect: "Allow", Action: "mq:QueryMqttDeviceTrace", Resource: "acs:ecs:*:*:instance/*" }],
  },
  find: ({ statements, catalog, budget }) =>
    statements.flatMap((statement) => {
      const resources = listedResources(statement).map(({ pattern }) => pattern);
      if (resources.length === 0) return [];
      return listedActions(statement).flatMap(({ pattern, pointer }) => {
        const message = budget.left < 0 ? undefined : mismatch(catalog, pattern, resources);
        budget.left -= COST * resources.length;
        return message === undefined ? [] : [{ message, pointer } satisfies Remark];
      });
    }),
};

/** What comparing one action's types with one resource costs, about. */
const COST: LintDocument["budget"]["left"] = 500;

function mismatch(
  catalog: CatalogIndex,
  action: ActionPattern,
  resources: readonly ResourcePattern[],
): string | undefined {
  const covered = actionsMatching(catalog, action);
  const isKnown = documentedActions(catalog, serviceOfAction(action.folded)) !== undefined && covered.length > 0;
  if (!isKnown) return undefined;
  const kinds = covered.map(({ name }) => kindsOf(catalog, name));
  if (kinds.some((each) => !each.isKnown)) return undefined;
  const typed = kinds.flatMap((each) => each.typed);
  const takesNone = kinds.some((each) => each.typed.length === 0);
  if (takesNone && resources.some(({ form }) => form === "ANY")) return undefined;
  if (resources.some((resource) => typed.some((template) => patternsOverlap(resource, template)))) return undefined;
  if (typed.length === 0)
    return `\`${action.text}\` takes no resource, so only \`*\` covers it, which the statement does not name`;
  const wanted = [...new Set(typed.map(({ text }) => `\`${text}\``))].slice(0, 3).join(" or ");
  return `\`${action.text}\` takes ${wanted}, and the statement names no such resource`;
}
