import { hasBit, membersOf } from "../../grants/bits.js";
import type { CountedBits } from "../../grants/counted-bits.js";
import { principalRanges } from "../../grants/principal-ranges.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Verdict } from "../../policy/decide.js";
import type { AccessQuestion } from "../access/access-question.js";
import { decidedAs } from "../access/decision.js";
import { inTurn, type Part } from "./in-turn.js";
import type { AccessOrder, KnownAccess, PrincipalAccess } from "./principal-access.js";
import type { VerdictSets } from "./settle-words.js";

/** Rows of an answer: how many is known, and some are made when they are asked for. */
export interface AccessRows extends Iterable<PrincipalAccess> {
  readonly length: number;
  /** The rows from one index to before another, as of an array. */
  readonly slice: (start?: number, end?: number) => readonly PrincipalAccess[];
}

/** Rows by verdict, each made from the place of a principal when it is read. Yields while they are put in order. */
export function* rowsOf(
  snapshot: Snapshot,
  question: AccessQuestion,
  sets: VerdictSets,
  wanted: ReadonlySet<Verdict>,
  order: AccessOrder | undefined,
): Generator<undefined, AccessRows, undefined> {
  const verdicts = VERDICTS.filter((verdict) => wanted.has(verdict));
  const places = yield* placesInOrder(snapshot, verdicts, sets, order);
  const row = (place: number): KnownAccess => {
    const principal = snapshot.principals[place];
    const verdict = verdicts.find((each) => hasBit(sets[each].bits, place));
    if (principal === undefined || verdict === undefined) throw new Error(`there is no row for place ${place}`);
    return { principal, decision: decidedAs(snapshot, principal, question, verdict) };
  };
  const slice = (start = 0, end = places.length) =>
    places.slice(Math.max(0, start), Math.min(end, places.length)).map(row);
  return { length: places.length, slice, [Symbol.iterator]: () => slice()[Symbol.iterator]() };
}

/** From worst to best: see `VERDICT_RANK`. */
const VERDICTS: readonly Verdict[] = ["EXPLICIT_DENY", "IMPLICIT_DENY", "UNDETERMINED", "CONDITIONAL", "ALLOWED"];

/** Places in the order of rows. */
type Places = Part<number>;

function* placesInOrder(
  { principals }: Snapshot,
  verdicts: readonly Verdict[],
  sets: VerdictSets,
  order: AccessOrder | undefined,
): Generator<undefined, Places, undefined> {
  if (order?.field === "VERDICT") {
    const sorted = order.isDescending ? verdicts.toReversed() : verdicts;
    return inTurn(sorted.map((verdict) => ofAny([sets[verdict]])));
  }
  const wanted = verdicts.map((verdict) => sets[verdict]);
  if (order === undefined) return ofAny(wanted);
  const ranges = principalRanges(principals);
  const byName = yield* order.isDescending ? ranges.byNameBackwards() : ranges.byName();
  yield undefined;
  const places = yield* within(byName, wanted);
  return { length: places.length, slice: (start, end) => [...places.subarray(start, end)] };
}

/** How many places are looked at before others get their turn. */
const STEP = 10_000;

/** Those of places that are in any of some sets, of which none shares a member with another. */
function* within(places: Uint32Array, sets: readonly CountedBits[]): Generator<undefined, Uint32Array, undefined> {
  const found = new Uint32Array(sets.reduce((sum, { count }) => sum + count, 0));
  let [at, seen] = [0, 0];
  for (const place of places) {
    if (++seen % STEP === 0) yield undefined;
    if (sets.some(({ bits }) => hasBit(bits, place))) found[at++] = place;
  }
  return found;
}

/** Of sets of which none shares a member with another. */
function ofAny(sets: readonly CountedBits[]): Places {
  const members = sets.map(({ bits }) => bits);
  return {
    length: sets.reduce((sum, { count }) => sum + count, 0),
    slice: (start, end) => membersOf(members, start, Math.max(0, end - start)),
  };
}
