/** How many rows are looked at before others get their turn. */
const STEP = 1_000;

/** The rows that are wanted, in their order; yields now and then, as lists may hold hundreds of thousands. */
export function* filterInSteps<T>(
  rows: readonly T[],
  isWanted: (row: T) => boolean,
): Generator<undefined, readonly T[], undefined> {
  const wanted: T[] = [];
  for (const [at, row] of rows.entries()) {
    if (at % STEP === 0) yield undefined;
    if (isWanted(row)) wanted.push(row);
  }
  return wanted;
}
