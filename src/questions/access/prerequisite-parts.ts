import type { Snapshot } from "../../grants/snapshot.js";
import type { Operation } from "../../inventory/catalog.js";
import { actionKey, type Key } from "../../inventory/keys.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import { readResourcePattern } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import type { ActionPart, ResourceChoice } from "./access-question.js";
import { actionPart } from "./action-part.js";
import { fittingResources, resourceKinds } from "./fit-resources.js";

/**
 * The actions that operations depend on, to the end and each once, less those asked about themselves. Pages name only the
 * actions: each is asked about those of the question's resources that it takes, else about `*`.
 *
 * @param asked actions of the question
 */
export function prerequisiteParts(
  snapshot: Snapshot,
  operations: readonly Operation[],
  resource: ResourceChoice,
  asked: ReadonlySet<Key>,
): readonly ActionPart[] {
  const needed = new Map<Key, string>();
  const open = operations.flatMap(({ dependentActions }) => dependentActions);
  for (const name of open) {
    const key = actionKey(name);
    if (needed.has(key)) continue;
    needed.set(key, name);
    open.push(...operationsNamed(snapshot, name).flatMap(({ dependentActions }) => dependentActions));
  }
  return [...needed]
    .filter(([key]) => !asked.has(key))
    .map(([, name]) => ({
      ...actionPart(snapshot, name),
      isPrerequisite: true,
      resource: resourceOf(snapshot, name, resource),
    }));
}

/** An action may guard many operations; the one of its own name is meant where there is one. */
export function operationsNamed({ catalog }: Snapshot, action: string): readonly Operation[] {
  const guarded = catalog.operationsOfAction.get(actionKey(action)) ?? [];
  const bare = asciiLower(action.slice(action.indexOf(":") + 1));
  const namesakes = guarded.filter(({ name }) => asciiLower(name) === bare);
  return namesakes.length > 0 ? namesakes : guarded;
}

/** Of an action that the catalog says nothing about, only the service tells what it can be held against. */
function resourceOf({ catalog }: Snapshot, action: string, asked: ResourceChoice): ResourceChoice {
  const kinds = resourceKinds(catalog.operationsOfAction.get(actionKey(action)) ?? []);
  if (kinds.isKnown) return fittingResources(kinds.typed, asked);
  return fittingResources([readResourcePattern(`acs:${serviceOfAction(action)}:*:*:*`).pattern], asked);
}
