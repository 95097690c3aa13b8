import { type Bits, noBits } from "./bits.js";

/** How many sets are kept for the next question, and of how many numbers altogether. */
const MOST_SETS = 64;
const MOST_NUMBERS = 2 ** 25;

/** Sets that nobody holds any more, by their length in words. */
const SPARE = new Map<number, Bits[]>();

/**
 * The empty set of numbers below `size`, for a short time: in large worlds new memory for such sets costs more than all that is done with
 * them, for the collector goes through the whole world once some were made.
 */
export function borrowBits(size: number): Bits {
  return SPARE.get((size + 31) >>> 5)?.pop() ?? noBits(size);
}

/** Takes sets back that nobody may look at afterwards. Whoever does not give them back only leaves them to the collector. */
export function giveBack(sets: readonly Bits[]): void {
  for (const bits of sets) {
    const spare = SPARE.get(bits.length) ?? keptFor(bits.length);
    if (spare.length < MOST_SETS && spare.length * bits.length * 32 < MOST_NUMBERS) spare.push(bits.fill(0));
  }
}

/** Worlds of other sizes are past, or will make their own again. */
function keptFor(length: number): Bits[] {
  const spare: Bits[] = [];
  if (SPARE.size >= 4) SPARE.clear();
  SPARE.set(length, spare);
  return spare;
}
