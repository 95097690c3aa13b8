import { groupBy } from "../../grants/group-by.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Action, OperationResource } from "../../inventory/catalog.js";
import type { Key } from "../../inventory/keys.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import { refuse, type Taken } from "../access/access-question.js";
import { findOperation } from "../access/find-operation.js";
import { MAX_ITEMS, MAX_TEXT } from "../access/question-input.js";
import { templatePattern } from "../access/template-pattern.js";
import { type OperationNeed, operationNeeds } from "./operation-needs.js";

/** A resource that an action takes. */
export interface RequiredResource extends OperationResource {
  /** RAM code of the service that has the type. */
  readonly service: string;
}

/** An action that the operations need. */
export interface Requirement {
  readonly action: Action;
  /** Of all the operations that need it; empty where the catalog does not say what it takes. */
  readonly resources: readonly RequiredResource[];
  /** One of the operations is guarded by it itself. */
  readonly isDirect: boolean;
  /** The chain of actions that asked for it, a shortest one; empty for a direct one. */
  readonly via: readonly Action[];
  /** The same action as each operation needs it. */
  readonly needs: readonly OperationNeed[];
}

/**
 * The actions that calling these API operations takes: those that guard them, then what these depend on, to the end and each
 * once.
 *
 * @param operations names such as `RegisterCaCertificate` or `mq:RegisterCaCertificate`
 */
export function requirements(snapshot: Snapshot, operations: readonly string[]): Taken<readonly Requirement[]> {
  if (operations.length === 0) return refuse("operations", "give at least one API operation such as `mq:ListGroupId`");
  if (operations.length > MAX_ITEMS) return refuse("operations", `at most ${MAX_ITEMS} operations fit in one question`);
  const needs: OperationNeed[] = [];
  for (const [index, text] of operations.entries()) {
    const argument = `operations[${index}]`;
    if (text.length > MAX_TEXT) return refuse(argument, `longer than ${MAX_TEXT} characters`);
    const found = findOperation(snapshot, text, argument);
    if ("refusal" in found) return found;
    needs.push(...operationNeeds(snapshot, found.value));
  }
  const merged = [...groupBy(needs, ({ action }) => action).values()].map((own) => requirementOf(snapshot, own));
  return { value: merged.toSorted((left, right) => Number(right.isDirect) - Number(left.isDirect)) };
}

function requirementOf(snapshot: Snapshot, needs: readonly OperationNeed[]): Requirement {
  const [shortest] = needs.toSorted((left, right) => left.via.length - right.via.length);
  if (shortest === undefined) throw new Error("a requirement nobody has");
  return {
    action: actionOf(snapshot, shortest),
    resources: mergeResources(needs.flatMap(resourcesOf)),
    isDirect: shortest.via.length === 0,
    via: shortest.via.flatMap((key) => snapshot.catalog.actions.get(key) ?? []),
    needs,
  };
}

/** Pages may name an action by a wildcard, and such a one is no action of the catalog. */
function actionOf({ catalog }: Snapshot, { action, name }: OperationNeed): Action {
  const known = catalog.actions.get(action);
  return known ?? { name, service: serviceOfAction(name), accessLevels: [], isDocumented: false };
}

/** Where an action takes resources of some type, `*` is not what it takes. */
function resourcesOf({ rows, via }: OperationNeed): readonly RequiredResource[] {
  const all = rows.flatMap(({ service, resources }) => resources.map((each) => ({ ...each, service })));
  const typed = all.filter(({ arnTemplate }) => templatePattern(arnTemplate).form !== "ANY");
  if (via.length === 0) return typed.length > 0 ? typed : all;
  // Which of the calls that it guards is made is not said, so only what all of them take is sure.
  const isSure = ({ arnTemplate }: RequiredResource) =>
    rows.every(({ resources }) => resources.some((each) => each.isRequired && each.arnTemplate === arnTemplate));
  return (typed.length > 0 ? typed : all).map((each) => ({ ...each, isRequired: isSure(each) }));
}

function mergeResources(resources: readonly RequiredResource[]): readonly RequiredResource[] {
  const merged = new Map<Key, RequiredResource>();
  for (const each of resources) {
    const key = `${each.service} ${each.resourceType ?? ""} ${each.arnTemplate}`;
    merged.set(key, { ...each, isRequired: each.isRequired || (merged.get(key)?.isRequired ?? false) });
  }
  return [...merged.values()];
}
