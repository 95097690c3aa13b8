import { groupBy } from "../../grants/group-by.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Operation } from "../../inventory/catalog.js";
import { actionKey, type Key } from "../../inventory/keys.js";
import { operationsNamed } from "../access/prerequisite-parts.js";

/** One action that one operation needs. */
export interface OperationNeed {
  readonly action: Key;
  /** As the operation's page spells it. */
  readonly name: string;
  /** Rows that say what the action takes here: the operation's own, or for a dependent action all that it guards. */
  readonly rows: readonly Operation[];
  /** Keys of the actions that asked for it, from the operation's own one on; empty for the operation's own. */
  readonly via: readonly Key[];
}

/**
 * The actions that one API operation needs, its own first, then what they depend on, level by level, each once; an action
 * that is met again is left out, so cycles end. Its own action may stand among the dependent ones as well: what other calls
 * of that action need is then needed too.
 *
 * @param rows of the catalog, all of one operation
 */
export function operationNeeds(snapshot: Snapshot, rows: readonly Operation[]): readonly OperationNeed[] {
  const own = [...groupBy(rows, ({ action }) => actionKey(action))].map(
    ([action, ownRows]): OperationNeed => ({ action, name: ownRows[0]?.action ?? "", rows: ownRows, via: [] }),
  );
  const further = new Map<Key, OperationNeed>();
  for (const need of own) addDependents(snapshot, further, need, need.rows);
  // A map walks over what is added to it on the way.
  for (const need of further.values()) addDependents(snapshot, further, need, operationsNamed(snapshot, need.name));
  const ownKeys = new Set(own.map(({ action }) => action));
  return [...own, ...[...further.values()].filter(({ action }) => !ownKeys.has(action))];
}

function addDependents(
  { catalog }: Snapshot,
  needs: Map<Key, OperationNeed>,
  asking: OperationNeed,
  rows: readonly Operation[],
): void {
  for (const name of rows.flatMap(({ dependentActions }) => dependentActions)) {
    const action = actionKey(name);
    if (needs.has(action)) continue;
    const guarded = catalog.operationsOfAction.get(action) ?? [];
    needs.set(action, { action, name, rows: guarded, via: [...asking.via, asking.action] });
  }
}
