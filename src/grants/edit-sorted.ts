/** From this many edits on, sorting once costs less than moving the list for each. */
const MAX_MOVES = 64;

/**
 * A sorted list with some rows taken out and some put in. For a few edits it is copied and not compared row by row: lists may
 * hold hundreds of thousands.
 * @param compare zero for rows that stand for the same fact
 */
export function editSorted<T>(
  rows: readonly T[],
  gone: readonly T[],
  put: readonly T[],
  compare: (a: T, b: T) => number,
): readonly T[] {
  if (gone.length + put.length > MAX_MOVES) return editMany(rows, gone, put, compare);
  const edited = [...rows];
  for (const row of [...gone, ...put]) {
    const at = placeOf(edited, row, compare);
    const found = edited[at];
    if (found !== undefined && compare(found, row) === 0) edited.splice(at, 1);
  }
  for (const row of put) edited.splice(placeOf(edited, row, compare), 0, row);
  return edited;
}

/** Goes through both lists side by side. */
function editMany<T>(
  rows: readonly T[],
  gone: readonly T[],
  put: readonly T[],
  compare: (a: T, b: T) => number,
): readonly T[] {
  const out = [...gone, ...put].sort(compare);
  let next = 0;
  const left = rows.filter((row) => {
    for (let one = out[next]; one !== undefined && compare(one, row) < 0; one = out[++next]);
    const one = out[next];
    return one === undefined || compare(one, row) !== 0;
  });
  return [...left, ...put].sort(compare);
}

/** Where a row stands in the order, or would stand. */
function placeOf<T>(rows: readonly T[], row: T, compare: (a: T, b: T) => number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = rows[middle];
    if (other !== undefined && compare(other, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
