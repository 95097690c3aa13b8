import type { Snapshot } from "../../grants/snapshot.js";
import { compareBytes } from "../../inventory/byte-order.js";
import type { Action } from "../../inventory/catalog.js";
import type { Role } from "../../inventory/principal.js";
import type { Gap } from "../../inventory/source.js";
import type { AccessChange } from "../compare/access-change.js";
import { changesFinder } from "../compare/changes-finder.js";
import { compareCoverage } from "../compare/compare-coverage.js";
import { type Differences, untoldGap } from "../compare/differences.js";
import { pairsToCompare } from "../compare/pairs-to-compare.js";
import { pickActions } from "../compare/pick-actions.js";
import { withoutRole } from "./stranded.js";

/**
 * What nobody may do any more once the role is gone: the role itself, and those who might have assumed it. The comparison of now
 * and of a world without it, less what anybody would gain. Yields before each action that is compared.
 */
export function* lostAccess(snapshot: Snapshot, role: Role): Generator<undefined, Differences, undefined> {
  const after = withoutRole(snapshot, role);
  const pairs = yield* pairsToCompare(snapshot, after);
  const actions = [...snapshot.catalog.actions.values()].toSorted((a, b) => compareBytes(a.name, b.name));
  const rows: AccessChange[] = [];
  const gaps: Gap[] = [];
  const actionsOf = pickActions(actions);
  const changesFor = changesFinder(pairs);
  for (const pair of pairs) {
    yield undefined;
    const untold: Action[] = [];
    for (const action of actionsOf(pair)) {
      yield undefined;
      const changes = yield* changesFor(pair, action);
      if (!changes.isExact) untold.push(action);
      for (const row of changes.rows) if (row.kind === "LOST" || row.kind === "NARROWED") rows.push(row);
    }
    gaps.push(...untoldGap(pair, untold));
  }
  return { rows, gaps: [...(yield* compareCoverage(snapshot, after, { pairs, isOfOne: true })), ...gaps] };
}
