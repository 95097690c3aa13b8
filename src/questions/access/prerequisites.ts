import { actionKey } from "../../inventory/keys.js";
import { asciiLower } from "../../policy/ascii.js";
import { type Decision, decideFor } from "./decision.js";
import { prerequisitesOf } from "./take-operation.js";

/**
 * Decisions on the actions that the asked ones depend on: the call works only if all of them are allowed as well. Empty
 * for somebody unknown.
 */
export function prerequisiteDecisions(decision: Decision): readonly Decision[] {
  const { snapshot, question, asker } = decision;
  if (asker === undefined) return [];
  const asked = new Set(question.actions.parts.map(({ name }) => asciiLower(name)));
  const operations = question.actions.parts.flatMap(
    ({ name }) => snapshot.catalog.operationsOfAction.get(actionKey(name)) ?? [],
  );
  const parts = prerequisitesOf(snapshot, operations, question.resource);
  const further = question.actions.isOperation ? parts : parts.filter(({ name }) => !asked.has(asciiLower(name)));
  return further.map((part) => {
    const resource = part.resource ?? question.resource;
    const own = {
      ...question,
      actions: { mode: "ALL" as const, parts: [part], text: part.name },
      resource,
      remarks: [],
    };
    const identity = asker.principal === undefined ? asker.identity : decision.grants();
    return decideFor(snapshot, { ...asker, identity }, own);
  });
}
