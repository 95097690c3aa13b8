import type { Parts } from "../../grants/derived-map.js";

/** Rows of one list after those of another. */
export function inTurn<Row>(parts: readonly Parts<readonly Row[]>[]): Parts<readonly Row[]> {
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
