/** Index of the last of `count` items whose ascending position is at most `limit`; -1 when there is none. */
export function lastIndexUpTo(count: number, positionOf: (index: number) => number, limit: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positionOf(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
