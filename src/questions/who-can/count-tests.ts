import { addBit } from "../../grants/bits.js";
import { borrowBits, giveBack } from "../../grants/spare-bits.js";
import { MAX_ATOMS } from "../../policy/logic/truth-table.js";
import type { Contribution, Tally } from "./add-effects.js";

/**
 * Puts those whose answer hangs on more open tests than are solved exactly among the tangled.
 *
 * @param before what was said of them in a tally whose tests were counted: whom these alone make tangled are so there
 * @returns how many tests the answer of one principal hangs on at most
 */
export function countTests(tally: Tally, before: readonly Contribution[] = []): number {
  const bytes = borrowBits(tally.sets.alone.length * 32 * 8);
  const counts = new Uint8Array(bytes.buffer);
  const tangle = (place: number) => addBit(tally.writable("tangled"), place);
  const most = Math.max(
    addTests(counts, before, () => undefined),
    addTests(counts, tally.conditional, tangle),
  );
  giveBack([bytes]);
  return most;
}

/** @param tangle told of each place that has too many */
function addTests(counts: Uint8Array, contributions: readonly Contribution[], tangle: (place: number) => void): number {
  let most = 0;
  for (const each of contributions) {
    const more = testsOf(each);
    for (let at = each.from; at < each.end; at++) {
      const place = each.places[at] ?? 0;
      const count = Math.min(255, (counts[place] ?? 0) + more);
      counts[place] = count;
      if (count > most) most = count;
      if (count > MAX_ATOMS) tangle(place);
    }
  }
  return most;
}

/** How many tests are open in a statement. */
export function testsOf({ effects }: Contribution): number {
  return effects.allowingTests + effects.denyingTests;
}
