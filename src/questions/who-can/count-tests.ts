import { addBit } from "../../grants/bits.js";
import { borrowBits, giveBack } from "../../grants/spare-bits.js";
import { MAX_ATOMS } from "../../policy/logic/truth-table.js";
import type { Contribution, Tally } from "./add-effects.js";

/**
 * Puts those whose answer hangs on more open tests than are solved exactly among the tangled.
 *
 * @param before what was said of them elsewhere
 * @returns how many tests the answer of one principal hangs on at most
 */
export function countTests(tally: Tally, before: readonly Contribution[] = []): number {
  const bytes = borrowBits(tally.sets.alone.length * 32 * 8);
  const counts = new Uint8Array(bytes.buffer);
  const most = Math.max(tallyTests(tally, counts, before), tallyTests(tally, counts, tally.conditional));
  giveBack([bytes]);
  return most;
}

function tallyTests(tally: Tally, counts: Uint8Array, contributions: readonly Contribution[]): number {
  let most = 0;
  for (const each of contributions) {
    const more = testsOf(each);
    for (let at = each.from; at < each.end; at++) {
      const place = each.places[at] ?? 0;
      const count = Math.min(255, (counts[place] ?? 0) + more);
      counts[place] = count;
      if (count > most) most = count;
      if (count > MAX_ATOMS) addBit(tally.writable("tangled"), place);
    }
  }
  return most;
}

/** How many tests are open in a statement. */
export function testsOf({ effects }: Contribution): number {
  return effects.allowingTests + effects.denyingTests;
}
