/** A set of numbers below a bound, 32 to a word. */
export type Bits = Uint32Array;

/** The empty set of numbers below `size`. */
export function noBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
}

/** The set of all numbers below `size`. */
export function allBits(size: number): Bits {
  return noBits(size).map((_, word) => maskOf(word, 0, size));
}

/** Adds the numbers from `from` to before `end` of an ascending list. */
export function addAll(bits: Bits, numbers: Uint32Array, from = 0, end = numbers.length): void {
  for (let at = from; at < end; at++) {
    const number = numbers[at] ?? 0;
    const word = number >>> 5;
    bits[word] = (bits[word] ?? 0) | (1 << (number & 31));
  }
}

/** Adds all members of another set of numbers below the same bound. */
export function addSet(bits: Bits, members: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) | (members[word] ?? 0);
}

/** Adds the words in which the numbers from `from` to before `end` of a list are. */
export function addWordsOf(words: Bits, numbers: Uint32Array, from: number, end: number): void {
  for (let at = from; at < end; at++) addBit(words, (numbers[at] ?? 0) >>> 5);
}

/** Adds the words of a set that have members. */
export function addWordsIn(words: Bits, members: Bits): void {
  for (let word = 0; word < members.length; word++) if (members[word] !== 0) addBit(words, word);
}

export function addBit(bits: Bits, number: number): void {
  const word = number >>> 5;
  bits[word] = (bits[word] ?? 0) | (1 << (number & 31));
}

export function removeBit(bits: Bits, number: number): void {
  const word = number >>> 5;
  bits[word] = (bits[word] ?? 0) & ~(1 << (number & 31));
}

/** Takes all members of another set of numbers below the same bound out. */
export function removeSet(bits: Bits, members: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) & ~(members[word] ?? 0);
}

/** Do two sets of numbers below the same bound have a member in common? */
export function haveCommon(one: Bits, other: Bits): boolean {
  for (let word = 0; word < one.length; word++) if (((one[word] ?? 0) & (other[word] ?? 0)) !== 0) return true;
  return false;
}

export function isEmpty(bits: Bits): boolean {
  for (let word = 0; word < bits.length; word++) if (bits[word] !== 0) return false;
  return true;
}

export function hasBit(bits: Bits, number: number): boolean {
  return (((bits[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1;
}

/** The bits of a word that stand for numbers from `low` to before `high`. */
export function maskOf(word: number, low: number, high: number): number {
  const first = low - word * 32;
  const last = high - word * 32;
  if (first <= 0 && last >= 32) return -1;
  const from = first <= 0 ? -1 : first >= 32 ? 0 : -1 << first;
  const to = last >= 32 ? -1 : last <= 0 ? 0 : ~(-1 << last);
  return from & to;
}

/** Index of the first number of an ascending list, from an index on, that is not below `bound`. */
export function firstFrom(numbers: Uint32Array, bound: number, from: number): number {
  let [low, high] = [from, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Members of any of some sets in ascending order, from the one with `skip` before it, at most `most`. */
export function membersOf(sets: readonly Bits[], skip = 0, most = Number.POSITIVE_INFINITY): number[] {
  const members: number[] = [];
  const words = sets[0]?.length ?? 0;
  let left = skip;
  for (let word = 0; word < words && members.length < most; word++) {
    let rest = 0;
    for (const bits of sets) rest |= bits[word] ?? 0;
    if (rest === 0) continue;
    const count = left === 0 ? 0 : countOnes(rest);
    if (left > 0 && count <= left) {
      left -= count;
      continue;
    }
    for (; rest !== 0 && members.length < most; rest &= rest - 1) {
      if (left > 0) left -= 1;
      else members.push(lowestOf(word, rest));
    }
  }
  return members;
}

/** Adds the numbers that the bits of a word stand for to a list. */
export function pushMembers(list: number[], word: number, bits: number): void {
  for (let rest = bits; rest !== 0; rest &= rest - 1) list.push(lowestOf(word, rest));
}

function lowestOf(word: number, bits: number): number {
  return word * 32 + 31 - Math.clz32(bits & -bits);
}

/** How many bits of a word are set. */
export function countOnes(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
