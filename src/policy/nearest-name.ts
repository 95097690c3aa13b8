import { asciiLower } from "./ascii.js";

/** How many letters a misspelt name differs in at most. */
export const MAX_DISTANCE = 2;

/**
 * The name that a misspelt one certainly meant: the same but for letter case, or one edit or swap of neighbours away and no
 * other name near.
 */
export function certainName(text: string, names: Iterable<string>): string | undefined {
  const near = [...names].filter((name) => nameDistance(text, name) <= MAX_DISTANCE);
  const same = near.find((name) => nameDistance(text, name) === 0);
  const [only] = near;
  if (same !== undefined || only === undefined) return same;
  return near.length === 1 && nameDistance(text, only) === 1 ? only : undefined;
}

/** How many edits and swaps of neighbours turn one name into the other, letter case aside; infinite where they are many. */
export function nameDistance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > MAX_DISTANCE) return Number.POSITIVE_INFINITY;
  return editDistance(asciiLower(left), asciiLower(right));
}

function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    // Distances never shrink from one row to the next but one.
    if (Math.min(...row) > MAX_DISTANCE && Math.min(...last) > MAX_DISTANCE) return Number.POSITIVE_INFINITY;
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}
