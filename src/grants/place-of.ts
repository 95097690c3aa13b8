import { type CompiledPrincipal, compareArns, placeAsCompiled } from "./compiled-principal.js";
import type { Snapshot } from "./snapshot.js";

/**
 * Where a principal stands in the snapshot's list; undefined for one who is not in it. Nearly always it is where it stood
 * when it was compiled; where others came or went before it, it is looked for.
 */
export function placeOf(
  { principals }: Pick<Snapshot, "principals">,
  principal: CompiledPrincipal,
): number | undefined {
  const guess = placeAsCompiled(principal);
  if (guess !== undefined && principals[guess] === principal) return guess;
  let [low, high] = [0, principals.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = principals[middle];
    if (found !== undefined && compareArns(found, principal) < 0) low = middle + 1;
    else high = middle;
  }
  return principals[low]?.key === principal.key ? low : undefined;
}
