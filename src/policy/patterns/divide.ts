import type { Steps } from "../steps.js";
import type { Budget } from "./budget.js";
import { cellsByIntersection, type Division } from "./cells-by-intersection.js";
import { findWordInSteps, type Union } from "./find-word.js";

/** More cells than this are not listed one by one. */
export const MAX_CELLS = 256;

/**
 * Divides the texts that lie in each union of `domain` and not in `excluded` into cells, such that each of `unions` covers
 * all of a cell or none of it. Yields now and then.
 */
export function* divide(
  domain: readonly Union[],
  excluded: Union,
  unions: readonly Union[],
  budget: Budget,
): Steps<Division> {
  const own = { left: budget.left };
  const found = yield* cellsByIntersection(domain, excluded, unions, own, MAX_CELLS);
  return found ?? (yield* split(domain, excluded, unions, budget));
}

/** Splits by one union after the other and keeps the parts that are not empty. */
function* split(domain: readonly Union[], excluded: Union, unions: readonly Union[], budget: Budget): Steps<Division> {
  const words: string[] = [];
  let isExact = true;
  function* descend(inside: readonly Union[], outside: Union, depth: number): Steps<void> {
    if (words.length >= MAX_CELLS) isExact = false;
    if (!isExact) return;
    const found = yield* findWordInSteps(inside, outside, budget);
    if (found === "OUT_OF_BUDGET") isExact = false;
    if (typeof found === "string") return;
    const union = unions[depth];
    if (union === undefined) {
      words.push(found.word);
      return;
    }
    yield* descend([...inside, union], outside, depth + 1);
    yield* descend(inside, [...outside, ...union], depth + 1);
  }
  yield* descend(domain, excluded, 0);
  return { words, isExact };
}
