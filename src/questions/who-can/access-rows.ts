import { hasBit, membersOf } from "../../grants/bits.js";
import type { CountedBits } from "../../grants/counted-bits.js";
import type { Parts } from "../../grants/derived-map.js";
import { principalRanges } from "../../grants/principal-ranges.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Verdict } from "../../policy/decide.js";
import { type LateRows, lateRows } from "../access/late-rows.js";
import { VERDICTS } from "../access/verdict-rank.js";
import { inTurn } from "./in-turn.js";
import { amongNames } from "./outside-access.js";
import type { AccessOrder, KnownAccess, PrincipalAccess, WhoCanScope } from "./principal-access.js";
import type { VerdictSets } from "./settle-words.js";

/** Makes the row of an imported principal who stands at a place of the snapshot's list. */
export type RowAt = (place: number, verdict: Verdict) => KnownAccess;

/** Who was found. */
export interface FoundAccess {
  /** Places of imported principals. */
  readonly sets: VerdictSets;
  readonly rowAt: RowAt;
  /** Those outside, all whose verdict is wanted. */
  readonly outside: readonly PrincipalAccess[];
}

/**
 * Rows of those with wanted verdicts, each made from the place of a principal when it is read. Whoever is outside comes last of
 * those that the order does not tell apart. Yields while they are put in order.
 */
export function* rowsOf(
  { principals }: Snapshot,
  found: FoundAccess,
  { verdicts: wanted, order }: Pick<WhoCanScope, "verdicts" | "order">,
): Generator<undefined, LateRows<PrincipalAccess>, undefined> {
  const verdicts = VERDICTS.filter((verdict) => wanted.has(verdict));
  // Nearly every question is one by places, with nobody outside.
  const isByPlace = order === undefined && found.outside.length === 0;
  const sets = verdicts.map((verdict) => found.sets[verdict]);
  const numbers = isByPlace ? ofAny(sets) : yield* inOrder(principals, verdicts, found, order);
  const bestFirst = verdicts.toReversed();
  const ofPlace = (place: number): PrincipalAccess | undefined => {
    for (const verdict of bestFirst) if (hasBit(found.sets[verdict].bits, place)) return found.rowAt(place, verdict);
    return undefined;
  };
  return lateRows(numbers, (number) => {
    const access = number < 0 ? found.outside[-1 - number] : ofPlace(number);
    if (access === undefined) throw new Error(`there is no row for place ${number}`);
    return access;
  });
}

/** In the order of rows: places, and of those outside numbers below zero, counted down. */
type Numbers = Parts<readonly number[]>;

function* inOrder(
  principals: Snapshot["principals"],
  verdicts: readonly Verdict[],
  { sets, outside }: FoundAccess,
  order: AccessOrder | undefined,
): Generator<undefined, Numbers, undefined> {
  const strangers = outside.map((_, index) => -1 - index);
  if (order?.field === "VERDICT") {
    const sorted = order.isDescending ? verdicts.toReversed() : verdicts;
    const ofVerdict = (verdict: Verdict) =>
      strangers.filter((_, index) => outside[index]?.decision.verdict === verdict);
    return inTurn(sorted.flatMap((verdict) => [ofAny([sets[verdict]]), ofVerdict(verdict)]));
  }
  const wanted = verdicts.map((verdict) => sets[verdict]);
  if (order === undefined) return inTurn([ofAny(wanted), strangers]);
  const ranges = principalRanges(principals);
  const byName = yield* order.isDescending ? ranges.byNameBackwards() : ranges.byName();
  yield undefined;
  const places = amongNames(principals, yield* within(byName, wanted), outside, order.isDescending);
  return { length: places.length, slice: (start, end) => [...places.subarray(start, end)] };
}

/** How many places are looked at before others get their turn. */
const STEP = 10_000;

/** Those of places that are in any of some sets, of which none shares a member with another. */
function* within(places: Uint32Array, sets: readonly CountedBits[]): Generator<undefined, Int32Array, undefined> {
  const found = new Int32Array(sets.reduce((sum, { count }) => sum + count, 0));
  let [at, seen] = [0, 0];
  for (const place of places) {
    if (++seen % STEP === 0) yield undefined;
    if (sets.some(({ bits }) => hasBit(bits, place))) found[at++] = place;
  }
  return found;
}

/** Of sets of which none shares a member with another. */
function ofAny(sets: readonly CountedBits[]): Numbers {
  const members = sets.map(({ bits }) => bits);
  return {
    length: sets.reduce((sum, { count }) => sum + count, 0),
    slice: (start, end) => membersOf(members, start, Math.max(0, end - start)),
  };
}
