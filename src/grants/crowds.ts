import { addAll, type Bits } from "./bits.js";

/** Lists never change. */
const KNOWN = new WeakMap<Uint32Array, Bits>();

/**
 * The numbers of a list as a set, where the list is longer than the set, which then is added much faster: a policy that everybody has.
 * @param words how many words sets of such numbers have
 */
export function crowdOf(numbers: Uint32Array, words: number): Bits | undefined {
  if (numbers.length <= words) return undefined;
  const known = KNOWN.get(numbers);
  if (known?.length === words) return known;
  const set = new Uint32Array(words);
  addAll(set, numbers);
  KNOWN.set(numbers, set);
  return set;
}
