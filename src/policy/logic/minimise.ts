/** A conjunction of atoms: those in `mask` are fixed, to the bits in `values`. */
export interface Cube {
  readonly mask: number;
  readonly values: number;
}

/** What comes out of an assignment that cannot occur, and of one for which the formula is certainly true. */
export const IMPOSSIBLE = 0;
const TRUE = 1;

/**
 * Covers the assignments that give true by cubes that reach nothing but those, so that no cube can lose a literal and none can
 * be left out (an irredundant cover by prime implicants). Assignments that cannot occur may be covered or not.
 *
 * @param results what comes out of each assignment
 * @param atomCount at most 16
 * @param limit how many cubes at most; the cover is cut beyond it
 */
export function coverByPrimes(
  results: Uint8Array,
  atomCount: number,
  limit: number,
): { readonly cubes: readonly Cube[]; readonly isTruncated: boolean } {
  const size = 2 ** atomCount;
  const covered = new Uint8Array(size);
  const cubes: Cube[] = [];
  for (let assignment = 0; assignment < size; assignment++) {
    if (covered[assignment] === 1 || results[assignment] !== TRUE) continue;
    if (cubes.length === limit) return { cubes, isTruncated: true };
    const cube = widen(assignment, results, atomCount);
    cubes.push(cube);
    someMember(cube, atomCount, (member) => {
      covered[member] = 1;
      return false;
    });
  }
  return { cubes: dropRedundant(cubes, results, atomCount), isTruncated: false };
}

/** Frees one atom after the other as long as the cube stays within the set; "must not hold" goes before "must hold". */
function widen(assignment: number, results: Uint8Array, atomCount: number): Cube {
  let cube: Cube = { mask: 2 ** atomCount - 1, values: assignment };
  for (const bit of [...bitsOf(~assignment, atomCount), ...bitsOf(assignment, atomCount)]) {
    // The cube itself is known to lie within, so its other half decides.
    const opposite = { mask: cube.mask, values: cube.values ^ bit };
    if (someMember(opposite, atomCount, (member) => (results[member] ?? IMPOSSIBLE) > TRUE)) continue;
    cube = { mask: cube.mask & ~bit, values: cube.values & ~bit };
  }
  return cube;
}

function dropRedundant(cubes: readonly Cube[], results: Uint8Array, atomCount: number): readonly Cube[] {
  const counts = new Uint16Array(2 ** atomCount);
  const add = (cube: Cube, step: number) =>
    someMember(cube, atomCount, (member) => {
      counts[member] = (counts[member] ?? 0) + step;
      return false;
    });
  for (const cube of cubes) add(cube, 1);
  return cubes.filter((cube) => {
    const isNeeded = someMember(cube, atomCount, (member) => counts[member] === 1 && results[member] !== IMPOSSIBLE);
    if (!isNeeded) add(cube, -1);
    return isNeeded;
  });
}

/** Goes through the assignments of a cube until one passes. */
function someMember({ mask, values }: Cube, atomCount: number, passes: (member: number) => boolean): boolean {
  const free = ~mask & (2 ** atomCount - 1);
  for (let rest = free; ; rest = (rest - 1) & free) {
    if (passes(values | rest)) return true;
    if (rest === 0) return false;
  }
}

function bitsOf(bits: number, atomCount: number): number[] {
  const found: number[] = [];
  for (let index = 0; index < atomCount; index++) {
    if (bits & (1 << index)) found.push(1 << index);
  }
  return found;
}
