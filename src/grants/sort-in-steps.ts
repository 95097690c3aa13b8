/** How many rows are compared before others get their turn. */
const STEP = 5_000;

/**
 * Sorts numbers from zero on by what they stand for, yielding now and then; rows that are in order already are only looked
 * at once. Rows that compare as equal keep their order.
 *
 * @param compare negative when the first comes first
 */
export function* sortInSteps(
  count: number,
  compare: (a: number, b: number) => number,
): Generator<undefined, Uint32Array, undefined> {
  let from = new Uint32Array(count).map((_, row) => row);
  let runs = yield* findRuns(count, compare);
  while (runs.length > 2) {
    const merged = [0];
    const into = new Uint32Array(count);
    for (let run = 0; run + 1 < runs.length; run += 2) {
      const [start = 0, middle = count, end = count] = runs.slice(run, run + 3);
      yield* merge(from, into, { start, middle, end }, compare);
      merged.push(end);
    }
    [from, runs] = [into, merged];
  }
  return from;
}

/** The same from last to first; rows that compare as equal keep their order. */
export function* sortBackwards(
  count: number,
  compare: (a: number, b: number) => number,
): Generator<undefined, Uint32Array, undefined> {
  const sorted = yield* sortInSteps(count, compare);
  const turned = new Uint32Array(count);
  let end = count;
  for (let groups = 0; end > 0; groups++) {
    if (groups % STEP === 0) yield undefined;
    let start = end - 1;
    while (start > 0 && compare(sorted[start - 1] ?? 0, sorted[start] ?? 0) === 0) start--;
    turned.set(sorted.subarray(start, end), count - end);
    end = start;
  }
  return turned;
}

/** Where each stretch of rows in order begins, and where the last ends. */
function* findRuns(
  count: number,
  compare: (a: number, b: number) => number,
): Generator<undefined, readonly number[], undefined> {
  const runs = [0];
  for (let row = 1; row < count; row++) {
    if (row % STEP === 0) yield undefined;
    if (compare(row - 1, row) > 0) runs.push(row);
  }
  if (count > 0) runs.push(count);
  return runs;
}

function* merge(
  from: Uint32Array,
  into: Uint32Array,
  { start, middle, end }: { readonly start: number; readonly middle: number; readonly end: number },
  compare: (a: number, b: number) => number,
): Generator<undefined, undefined, undefined> {
  let [left, right] = [start, middle];
  for (let at = start; at < end; at++) {
    if (at % STEP === 0) yield undefined;
    const [a = 0, b = 0] = [from[left], from[right]];
    const isLeft = right >= end || (left < middle && compare(a, b) <= 0);
    into[at] = isLeft ? a : b;
    if (isLeft) left++;
    else right++;
  }
}
