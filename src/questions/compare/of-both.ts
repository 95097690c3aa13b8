import { type CompiledPrincipal, compareArns } from "../../grants/compiled-principal.js";

/**
 * Goes through the users and roles of two states, each in the order of ARNs, in that order; those of both once, as the second
 * has them.
 */
export function* ofBoth(
  base: readonly CompiledPrincipal[],
  head: readonly CompiledPrincipal[],
): Generator<CompiledPrincipal, void, undefined> {
  let next = 0;
  for (const before of base) {
    for (let one = head[next]; one !== undefined && isFirst(one, before); one = head[++next]) yield one;
    const after = head[next];
    const isSame = after !== undefined && (after === before || after.key === before.key);
    if (isSame) next++;
    yield isSame ? after : before;
  }
  for (let one = head[next]; one !== undefined; one = head[++next]) yield one;
}

function isFirst(one: CompiledPrincipal, other: CompiledPrincipal): boolean {
  return one !== other && compareArns(one, other) < 0;
}
