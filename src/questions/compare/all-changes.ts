import type { Action } from "../../inventory/catalog.js";
import type { Gap } from "../../inventory/source.js";
import type { Verdict } from "../../policy/decide.js";
import { refuse, type Taken } from "../access/access-question.js";
import type { AccessChange, ChangeKind, Pair } from "./access-change.js";
import { changesFinder } from "./changes-finder.js";
import { type Differences, untoldGap } from "./differences.js";
import { decideOn } from "./judge-cells.js";
import { pickActions } from "./pick-actions.js";

/** Most pairs of a principal and an action that one comparison decides. */
const MAX_DECIDED = 200_000;

export interface WantedChanges {
  /** Left out, all. */
  readonly kinds: readonly ChangeKind[] | undefined;
  /** Changes of which one of the two decisions has one of these; left out, all. */
  readonly verdicts: readonly Verdict[] | undefined;
}

/** What differs for each pair and action, in their order; refused where that is too much. Yields before each of them. */
export function* allChanges(
  pairs: readonly Pair[],
  actions: readonly Action[],
  wanted: WantedChanges,
): Generator<undefined, Taken<Differences>, undefined> {
  const rows: AccessChange[] = [];
  const gaps: Gap[] = [];
  const actionsOf = pickActions(actions);
  const changesFor = changesFinder(pairs);
  let decided = 0;
  for (const pair of pairs) {
    yield undefined;
    const untold: Action[] = [];
    for (const action of actionsOf(pair)) {
      yield undefined;
      decided += 1;
      if (decided > MAX_DECIDED) return TOO_MUCH;
      const changes = yield* changesFor(pair, action);
      if (!changes.isExact) untold.push(action);
      for (const change of changes.rows) {
        yield undefined;
        if (isWanted(change, wanted)) rows.push(change);
      }
    }
    gaps.push(...untoldGap(pair, untold));
  }
  return { value: { rows, gaps } };
}

const TOO_MUCH = refuse(
  "filterBy",
  `the two differ for more than ${MAX_DECIDED} pairs of a principal and an action; name a principal, services or access levels`,
);

function isWanted({ kind, pair, action, pattern }: AccessChange, { kinds, verdicts }: WantedChanges): boolean {
  if (kinds !== undefined && !kinds.includes(kind)) return false;
  if (verdicts === undefined) return true;
  return [pair.base, pair.head].some((side) => verdicts.includes(decideOn(side, action.name, pattern).verdict));
}
