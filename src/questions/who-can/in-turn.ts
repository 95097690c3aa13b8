/** Rows that are made when they are asked for: from one index to before another, as of an array. */
export interface Part<Row> {
  readonly length: number;
  readonly slice: (start: number, end: number) => readonly Row[];
}

/** Rows of one part after those of another. */
export function inTurn<Row>(parts: readonly Part<Row>[]): Part<Row> {
  return {
    length: parts.reduce((sum, { length }) => sum + length, 0),
    slice: (start, end) => {
      let found: readonly Row[] = [];
      let before = 0;
      for (const part of parts) {
        const [from, to] = [Math.max(0, start - before), Math.min(part.length, end - before)];
        if (from < to) found = found.concat(part.slice(from, to));
        before += part.length;
      }
      return found;
    },
  };
}
