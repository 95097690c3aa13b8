import { type Bits, hasBit, membersOf } from "../../grants/bits.js";
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
import type { Tally } from "./add-effects.js";
import type { Found } from "./decide-left.js";
import { type AskingRange, rangeAt } from "./tally.js";

/**
 * Decides principals of whom all that matters was counted, but whose verdict hangs on how open tests fit together: by these tests, which the
 * tally holds statement by statement. Yields before each.
 */
export function* decideByTests(
  tally: Tally,
  unsolved: Bits,
  asking: readonly AskingRange[],
): Generator<undefined, readonly Found[], undefined> {
  const found: Found[] = [];
  const places = membersOf(unsolved);
  const gathered = places.length === 0 ? undefined : gather(tally, unsolved);
  for (const place of places) {
    yield undefined;
    const effects = gathered?.get(place) ?? noEffects();
    effects.bits |= unconditionalBits(tally, place);
    const isForeign = rangeAt(asking, place)?.probe.isForeign ?? false;
    const verdict = quickly(effects, isForeign) ?? verdictOfEffects(effects, isForeign);
    if (verdict === undefined) throw new Error(`place ${place} takes the judge`);
    found.push({ place, verdict });
  }
  return found;
}

/** Nobody who is denied outright is among those who are decided so. */
function unconditionalBits({ allowed, mayBeAllowed, mayBeDenied }: Tally, place: number): number {
  const may = (hasBit(mayBeAllowed, place) ? MAY_ALLOW : 0) | (hasBit(mayBeDenied, place) ? MAY_DENY : 0);
  return may | (hasBit(allowed, place) ? ALLOWS : 0);
}

/** By place what its statements under open conditions add up to. */
function gather({ conditional }: Tally, unsolved: Bits): ReadonlyMap<number, Effects> {
  const gathered = new Map<number, Effects>();
  for (const { effects, places, from, end } of conditional) {
    for (let at = from; at < end; at++) {
      const place = places[at] ?? 0;
      if (!hasBit(unsolved, place)) continue;
      const known = gathered.get(place);
      if (known !== undefined) joinEffects(known, effects);
      else gathered.set(place, { ...effects });
    }
  }
  return gathered;
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
