import { type Budget, findWord, type Union } from "./find-word.js";
import { sweep } from "./sweep.js";

/** More cells than this are not listed one by one. */
const MAX_CELLS = 256;

/** One text for each cell that is not empty. */
export interface Division {
  readonly words: readonly string[];
  /** False when the budget or the number of cells ran out, so that cells may be missing. */
  readonly isExact: boolean;
}

/**
 * Divides the texts that lie in each union of `domain` and not in `excluded` into cells, such that each of `unions` covers
 * all of a cell or none of it.
 */
export function divide(domain: readonly Union[], excluded: Union, unions: readonly Union[], budget: Budget): Division {
  const words = sweep(domain, excluded, unions);
  if (words === undefined) return split(domain, excluded, unions, budget);
  return { words: words.slice(0, MAX_CELLS), isExact: words.length <= MAX_CELLS };
}

/** Splits by one union after the other and keeps the parts that are not empty. */
function split(domain: readonly Union[], excluded: Union, unions: readonly Union[], budget: Budget): Division {
  const words: string[] = [];
  let isExact = true;
  const descend = (inside: readonly Union[], outside: Union, depth: number): void => {
    if (words.length >= MAX_CELLS) isExact = false;
    if (!isExact) return;
    const found = findWord(inside, outside, budget);
    if (found === "OUT_OF_BUDGET") isExact = false;
    if (typeof found === "string") return;
    const union = unions[depth];
    if (union === undefined) {
      words.push(found.word);
      return;
    }
    descend([...inside, union], outside, depth + 1);
    descend(inside, [...outside, ...union], depth + 1);
  };
  descend(domain, excluded, 0);
  return { words, isExact };
}
