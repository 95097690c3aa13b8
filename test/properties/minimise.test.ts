import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Cube, coverByPrimes } from "../../src/policy/logic/minimise.js";
import { runs } from "../worlds/runs.js";

const ATOMS = 4;
const assignments = Array.from({ length: 2 ** ATOMS }, (_, assignment) => assignment);
/** What comes out of each assignment: it cannot occur, true, false, or not known. */
const IMPOSSIBLE = 0;
const TRUE = 1;
const table = fc
  .array(fc.constantFrom(IMPOSSIBLE, TRUE, TRUE, 2, 2, 3), { minLength: 2 ** ATOMS, maxLength: 2 ** ATOMS })
  .map((results) => Uint8Array.from(results));

const isIn = (assignment: number, { mask, values }: Cube) => (assignment & mask) === values;
const mayBeCovered = (results: Uint8Array, cube: Cube) =>
  assignments.every((each) => !isIn(each, cube) || (results[each] ?? 0) <= TRUE);

test("a condition covers what is true and nothing that is not, and has nothing to spare", () => {
  fc.assert(
    fc.property(table, (results) => {
      const { cubes } = coverByPrimes(results, ATOMS, 64);
      const wanted = assignments.filter((each) => results[each] === TRUE);
      expect(wanted.filter((each) => !cubes.some((cube) => isIn(each, cube)))).toEqual([]);
      for (const cube of cubes) {
        expect(mayBeCovered(results, cube)).toBe(true);
        const others = cubes.filter((each) => each !== cube);
        expect(wanted.some((each) => isIn(each, cube) && !others.some((other) => isIn(each, other)))).toBe(true);
        const freed = assignments.filter((bit) => (bit & (bit - 1)) === 0 && (cube.mask & bit) !== 0);
        const wider = freed.map((bit) => ({ mask: cube.mask & ~bit, values: cube.values & ~bit }));
        expect(wider.filter((each) => mayBeCovered(results, each))).toEqual([]);
      }
    }),
    runs(2000),
  );
});
