import { actionsMatching } from "../../grants/covered-actions.js";
import { filterInSteps } from "../../grants/filter-in-steps.js";
import { nameOrder } from "../../grants/name-order.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { compareBytes } from "../../inventory/byte-order.js";
import type { AccessLevel, Action, Operation } from "../../inventory/catalog.js";
import { actionKey, serviceKey } from "../../inventory/keys.js";
import { readActionPattern } from "../../policy/action-pattern.js";
import { asciiLower } from "../../policy/ascii.js";

/** What actions are wanted; all that is given must hold. An empty list is held by none. */
export interface ActionFilter {
  /** RAM codes. */
  readonly services?: readonly string[] | null | undefined;
  readonly accessLevels?: readonly AccessLevel[] | null | undefined;
  /** `service:Type`, or a bare type in any service. */
  readonly resourceType?: string | null | undefined;
  readonly conditionKey?: string | null | undefined;
  readonly isDocumented?: boolean | null | undefined;
}

/** Where to look: at the actions that a pattern stands for, or at those of one service. */
export interface ActionScope {
  /** `service:Name` with wildcards; letter case ignored, as RAM does. */
  readonly pattern?: string | null | undefined;
  /** RAM code. */
  readonly service?: string;
}

/** Actions of the catalog by name. */
export function* filterActions(
  snapshot: Snapshot,
  filter: ActionFilter,
  scope: ActionScope = {},
): Generator<undefined, readonly Action[], undefined> {
  const { accessLevels, isDocumented } = filter;
  const services = filter.services && new Set(filter.services.map(serviceKey));
  const isWanted = operationTest(filter);
  return yield* filterInSteps(
    yield* candidates(snapshot, filter, scope),
    (action) =>
      (!services || services.has(serviceKey(action.service))) &&
      (!accessLevels || action.accessLevels.some((level) => accessLevels.includes(level))) &&
      (typeof isDocumented !== "boolean" || action.isDocumented === isDocumented) &&
      (!isWanted || (snapshot.catalog.operationsOfAction.get(actionKey(action.name)) ?? []).some(isWanted)),
  );
}

/** The narrowest list that the catalog has ready, sorted by name. */
function* candidates(
  snapshot: Snapshot,
  { services }: ActionFilter,
  { pattern, service }: ActionScope,
): Generator<undefined, readonly Action[], undefined> {
  const { catalog } = snapshot;
  if (typeof pattern === "string") return byName(actionsMatching(catalog, readActionPattern(pattern)));
  if (service !== undefined) return byName(catalog.actionsOfService.get(serviceKey(service)) ?? []);
  if (!services) return (yield* nameOrder(snapshot).actions()).map(({ row }) => row);
  const keys = new Set(services.map(serviceKey));
  return byName([...keys].flatMap((key) => catalog.actionsOfService.get(key) ?? []));
}

function byName(actions: readonly Action[]): readonly Action[] {
  return [...actions].sort((a, b) => compareBytes(a.name, b.name));
}

/** What one of an action's operations must fulfil; undefined when nothing is asked of operations. */
function operationTest({ resourceType, conditionKey }: ActionFilter): ((operation: Operation) => boolean) | undefined {
  if (typeof resourceType !== "string" && typeof conditionKey !== "string") return undefined;
  const type = typeof resourceType === "string" ? asciiLower(resourceType) : undefined;
  const key = typeof conditionKey === "string" ? asciiLower(conditionKey) : undefined;
  return (operation) =>
    (type === undefined || takesType(operation, type)) &&
    (key === undefined || operation.conditionKeys.some((known) => asciiLower(known) === key));
}

function takesType({ service, resources }: Operation, type: string): boolean {
  return resources.some(({ resourceType }) => {
    const name = resourceType === undefined ? undefined : asciiLower(resourceType);
    return name !== undefined && (name === type || `${asciiLower(service)}:${name}` === type);
  });
}
