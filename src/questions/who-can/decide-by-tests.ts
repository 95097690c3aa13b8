import { addBit, type Bits, firstFrom, hasBit } from "../../grants/bits.js";
import { borrowBits, giveBack } from "../../grants/spare-bits.js";
import type { Verdict } from "../../policy/decide.js";
import { MAX_ATOMS } from "../../policy/logic/truth-table.js";
import {
  ALLOWS,
  ALLOWS_IF,
  DENIES_IF,
  type Effects,
  joinEffects,
  MAY_ALLOW,
  MAY_DENY,
  noEffects,
  type OpenTests,
} from "../../policy/prepared/effects.js";
import { verdictOfEffects } from "../../policy/prepared/verdict-of-effects.js";
import type { Contribution, Tally } from "./add-effects.js";
import { contributionsByPlace } from "./contributions-by-place.js";
import type { Settled } from "./settle-words.js";

/**
 * Decides principals of whom all that matters was counted, but whose verdict hangs on how open tests fit together: by these tests, which
 * tallies hold statement by statement. Adds them to the sets of their verdicts. Yields before each.
 *
 * @param tallies all that was counted
 * @param settled places that are not solved, in ascending order
 * @param isForeign whether the resource is another account's for the principal at a place
 */
export function* decideByTests(
  tallies: readonly Tally[],
  { sets, unsolved: places }: Pick<Settled, "sets" | "unsolved">,
  isForeign: (place: number) => boolean,
): Generator<undefined, void, undefined> {
  if (places.length === 0) return;
  const gathered = gather(tallies, places);
  for (const place of places) {
    yield undefined;
    const effects = gathered.get(place) ?? noEffects();
    for (const tally of tallies) effects.bits |= unconditionalBits(tally, place);
    const verdict = quickly(effects, isForeign(place)) ?? verdictOfEffects(effects, isForeign(place));
    if (verdict === undefined) throw new Error(`place ${place} takes the judge`);
    sets[verdict].add(place);
  }
}

/** Nobody who is denied outright is among those who are decided so. */
function unconditionalBits({ sets: { allowed, mayBeAllowed, mayBeDenied } }: Tally, place: number): number {
  const may = (hasBit(mayBeAllowed, place) ? MAY_ALLOW : 0) | (hasBit(mayBeDenied, place) ? MAY_DENY : 0);
  return may | (hasBit(allowed, place) ? ALLOWS : 0);
}

/** By place what its statements under open conditions add up to. */
function gather(tallies: readonly Tally[], places: readonly number[]): ReadonlyMap<number, Effects> {
  const gathered = new Map(places.map((place) => [place, noEffects()]));
  const found = (place: number, effects: Effects) => {
    const known = gathered.get(place);
    if (known !== undefined) joinEffects(known, effects);
  };
  const listed: (readonly Contribution[])[] = [];
  for (const tally of tallies) {
    const byPlace = contributionsByPlace(tally);
    if (byPlace === undefined) listed.push(tally.conditional);
    else for (const place of places) byPlace.visit(place, found);
  }
  const unsolved = setOf(places, tallies);
  for (const each of listed.flat()) {
    if (places.length * SEARCH < each.end - each.from) searchIn(each, places, found);
    else
      for (let at = each.from; at < each.end; at++) {
        const place = each.places[at] ?? 0;
        if (hasBit(unsolved, place)) found(place, each.effects);
      }
  }
  giveBack([unsolved]);
  return gathered;
}

/** To be given back. */
function setOf(places: readonly number[], [tally]: readonly Tally[]): Bits {
  const set = borrowBits((tally?.sets.alone.length ?? 0) * 32);
  for (const place of places) addBit(set, place);
  return set;
}

/** Searching a list for one place costs what going through that many of it does. */
const SEARCH = 8;

function searchIn(
  { effects, places, from, end }: Contribution,
  wanted: readonly number[],
  found: (place: number, effects: Effects) => void,
): void {
  let at = from;
  for (const place of wanted) {
    at = firstFrom(places, place, at);
    // Within resource groups a policy may reach somebody more than once.
    for (; at < end && places[at] === place; at++) found(place, effects);
    if (at >= end) return;
  }
}

/**
 * An Allow that tests none of the keys that a Deny tests holds in a completion in which no Deny does, for each of these wants a key to be
 * there; and without any of the open keys nothing is allowed. That is so where there is nothing but `ALLOWS_IF` and `DENIES_IF`, and no more
 * tests than are solved exactly.
 */
function quickly(effects: Effects, isForeign: boolean): Verdict | undefined {
  const { bits, allowing, denying, allowingTests, denyingTests } = effects;
  if (isForeign || bits !== (ALLOWS_IF | DENIES_IF) || allowingTests + denyingTests > MAX_ATOMS) return undefined;
  return allowing.some((allow) => !denying.some((deny) => shareKey(allow, deny))) ? "CONDITIONAL" : undefined;
}

function shareKey(one: OpenTests, other: OpenTests): boolean {
  return one.tests.some((a) => other.tests.some((b) => a.foldedKey === b.foldedKey));
}
