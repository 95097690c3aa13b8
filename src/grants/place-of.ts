import { type CompiledPrincipal, compareArns, placeAsCompiled } from "./compiled-principal.js";
import type { Snapshot } from "./snapshot.js";

/**
 * Where a principal stands in the snapshot's list, also as another snapshot knows it; undefined for one who is not in it. Nearly
 * always that is where it stood when it was compiled; where others came or went before it, it is looked for.
 */
export function placeOf(
  { principals, principalByKey }: Pick<Snapshot, "principals" | "principalByKey">,
  principal: CompiledPrincipal,
): number | undefined {
  const guess = placeAsCompiled(principal);
  if (guess !== undefined && principals[guess] === principal) return guess;
  const known = principalByKey.get(principal.key);
  return known === undefined ? undefined : search(principals, known);
}

function search(principals: readonly CompiledPrincipal[], wanted: CompiledPrincipal): number | undefined {
  let [low, high] = [0, principals.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = principals[middle];
    if (found !== undefined && compareArns(found, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return principals[low] === wanted ? low : undefined;
}
