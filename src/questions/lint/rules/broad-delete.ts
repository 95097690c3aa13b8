import type { CatalogIndex } from "../../../grants/catalog-index.js";
import { actionsMatching } from "../../../grants/covered-actions.js";
import { inferAccessLevel } from "../../../inventory/infer-access-level.js";
import { actionKey } from "../../../inventory/keys.js";
import type { ActionPattern } from "../../../policy/action-pattern.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { firstOf, isEveryAction, isWholeService, reachesEverything } from "../broad-reach.js";
import { kindsOf } from "../known-service.js";
import type { LintRule } from "../lint-rule.js";
import { listedActions, mayAllow } from "../listed-patterns.js";

export const broadDelete: LintRule = {
  code: "BROAD_DELETE",
  severity: "SECURITY_WARNING",
  why: "What deletes on every resource deletes what it was not meant for as well, and nothing brings it back.",
  mend: "Name the resources, at least by a prefix or a tag (`acs:ResourceTag/…`), or split the deletes into a statement of their own.",
  example: { document: [{ Effect: "Allow", Action: ["ecs:DescribeInstances", "ecs:DeleteInstance"], Resource: "*" }] },
  find: ({ statements, type, catalog }) =>
    statements
      .filter((statement) => type === "IDENTITY" && mayAllow(statement) && reachesEverything(statement))
      .flatMap((statement) => {
        const deleting = listedActions(statement).filter(({ pattern }) => mayDelete(catalog, pattern));
        const [first] = deleting;
        if (first === undefined) return [];
        const names = firstOf(deleting.map(({ pattern }) => pattern.text));
        return [{ message: `${names} may delete on every resource`, pointer: first.pointer }];
      }),
};

/** `*` and `ram:*` have findings of their own. An action that takes no resource cannot be bounded by one. */
function mayDelete(catalog: CatalogIndex, { text, folded }: ActionPattern): boolean {
  if (isEveryAction(folded) || folded.startsWith("ram:")) return false;
  if (isWholeService(folded)) return true;
  if (hasWildcard(folded)) {
    const covered = actionsMatching(catalog, { text, folded });
    return deletesByVerb(text) || covered.some(({ accessLevels }) => accessLevels.includes("DELETE"));
  }
  const { typed, isKnown } = kindsOf(catalog, folded);
  if (isKnown && typed.length === 0) return false;
  const known = catalog.actions.get(actionKey(folded));
  return known === undefined ? deletesByVerb(text) : known.accessLevels.includes("DELETE");
}

/** `ecs:Delete*` and `ecs:DeleteInstance`, by the verb before any wildcard. Removing a tag loses nothing. */
function deletesByVerb(text: string): boolean {
  return !/Tags?(?:From\w*)?$/.test(text) && inferAccessLevel(text.replace(/[*?].*$/s, "")) === "DELETE";
}
