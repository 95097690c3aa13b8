/** A conjunction of atoms: those in `mask` are fixed, to the bits in `values`. */
export interface Cube {
  readonly mask: number;
  readonly values: number;
}

/**
 * Covers a set of assignments by cubes that reach nothing outside of it, so that no cube can lose a literal and none can
 * be left out (an irredundant cover by prime implicants). Assignments that cannot occur may be covered or not.
 *
 * @param isOn whether an assignment belongs to the set
 * @param isFeasible whether an assignment can occur
 * @param atomCount at most 16
 * @param limit how many cubes at most; the cover is cut beyond it
 */
export function coverByPrimes(
  isOn: (assignment: number) => boolean,
  isFeasible: (assignment: number) => boolean,
  atomCount: number,
  limit: number,
): { readonly cubes: readonly Cube[]; readonly isTruncated: boolean } {
  const size = 2 ** atomCount;
  const covered = new Uint8Array(size);
  const cubes: Cube[] = [];
  for (let assignment = 0; assignment < size; assignment++) {
    if (covered[assignment] === 1 || !isFeasible(assignment) || !isOn(assignment)) continue;
    if (cubes.length === limit) return { cubes, isTruncated: true };
    const cube = widen(assignment, (member) => isOn(member) || !isFeasible(member), atomCount);
    cubes.push(cube);
    for (const member of members(cube, atomCount)) covered[member] = 1;
  }
  return { cubes: dropRedundant(cubes, isFeasible, atomCount), isTruncated: false };
}

/** Frees one atom after the other as long as the cube stays within the set; "must not hold" goes before "must hold". */
function widen(assignment: number, isAllowed: (assignment: number) => boolean, atomCount: number): Cube {
  let cube: Cube = { mask: 2 ** atomCount - 1, values: assignment };
  for (const bit of [...bitsOf(~assignment, atomCount), ...bitsOf(assignment, atomCount)]) {
    const wider: Cube = { mask: cube.mask & ~bit, values: cube.values & ~bit };
    if (members(wider, atomCount).every(isAllowed)) cube = wider;
  }
  return cube;
}

function dropRedundant(
  cubes: readonly Cube[],
  isFeasible: (assignment: number) => boolean,
  atomCount: number,
): readonly Cube[] {
  const counts = new Uint16Array(2 ** atomCount);
  const add = (cube: Cube, step: number) => {
    for (const member of members(cube, atomCount)) counts[member] = (counts[member] ?? 0) + step;
  };
  for (const cube of cubes) add(cube, 1);
  return cubes.filter((cube) => {
    const isNeeded = members(cube, atomCount).some((member) => counts[member] === 1 && isFeasible(member));
    if (!isNeeded) add(cube, -1);
    return isNeeded;
  });
}

function members({ mask, values }: Cube, atomCount: number): number[] {
  let found = [values];
  for (const bit of bitsOf(~mask, atomCount)) found = found.concat(found.map((member) => member | bit));
  return found;
}

function bitsOf(bits: number, atomCount: number): number[] {
  const found: number[] = [];
  for (let index = 0; index < atomCount; index++) {
    if (bits & (1 << index)) found.push(1 << index);
  }
  return found;
}
