/** How many rows are looked at before others get their turn. */
const STEP = 1_000;

/** Is any of the rows wanted? Yields now and then, as there may be hundreds of thousands. */
export function* someInSteps<T>(
  rows: Iterable<T>,
  isWanted: (row: T) => boolean,
): Generator<undefined, boolean, undefined> {
  let seen = 0;
  for (const row of rows) {
    if (++seen % STEP === 0) yield undefined;
    if (isWanted(row)) return true;
  }
  return false;
}
