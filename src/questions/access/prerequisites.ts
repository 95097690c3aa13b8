import { actionKey } from "../../inventory/keys.js";
import type { ActionPart } from "./access-question.js";
import { withIdentity } from "./asker.js";
import { type Decision, decideFor } from "./decision.js";
import { prerequisiteParts } from "./prerequisite-parts.js";

/**
 * Decisions on the actions that the asked ones depend on: the call works only if all of them are allowed as well. Empty
 * for somebody unknown.
 */
export function prerequisiteDecisions(decision: Decision): readonly Decision[] {
  const { snapshot, question, asker } = decision;
  if (asker === undefined) return [];
  const identity = asker.principal === undefined ? asker.identity : decision.grants();
  return partsOf(decision).map((part) =>
    decideFor(snapshot, withIdentity(asker, identity), {
      ...question,
      actions: { mode: "ALL", parts: [part], text: part.name },
      resource: part.resource ?? question.resource,
      remarks: [],
    }),
  );
}

/** An operation carries its own; an action may guard many operations, and all that any of them needs is listed. */
function partsOf({ snapshot, question: { actions, resource } }: Decision): readonly ActionPart[] {
  if (actions.isOperation) return actions.parts.filter(({ isPrerequisite }) => isPrerequisite);
  const keys = actions.parts.map(({ name }) => actionKey(name));
  const operations = keys.flatMap((key) => snapshot.catalog.operationsOfAction.get(key) ?? []);
  return prerequisiteParts(snapshot, operations, resource, new Set(keys));
}
