import type { ConditionTest } from "../conditions/condition-test.js";
import { feasibleOutcomes, MOST_STEPS } from "../conditions/feasible.js";

/**
 * Which assignments of atoms can occur, one bit each. Tests of one key hang together, those of different keys do not.
 * @param tests the atoms in their order
 */
export function feasibleTable(tests: readonly ConditionTest[]): Uint32Array {
  const size = 2 ** tests.length;
  const table = new Uint32Array(Math.max(1, size >>> 5)).fill(0xffffffff);
  if (size < 32) table[0] = 2 ** size - 1;
  const testsOf = (indexes: readonly number[]) => indexes.flatMap((index) => tests[index] ?? []);
  const keys = atomsByKey(tests).filter((indexes) => !isFree(testsOf(indexes)));
  // Each key has its share, so that what comes out of one does not hang on the others that were looked at before it.
  const most = Math.floor(MOST_STEPS / Math.max(1, keys.length));
  for (const indexes of keys) {
    const own = testsOf(indexes);
    const outcomes = feasibleOutcomes(own, most);
    if (outcomes === undefined) continue;
    const isPossible = Uint8Array.from({ length: 2 ** own.length }, (_, outcome) => (outcomes.has(outcome) ? 1 : 0));
    for (let assignment = 0; assignment < size; assignment++) {
      if (isPossible[gather(assignment, indexes)] === 1) continue;
      table[assignment >>> 5] = (table[assignment >>> 5] ?? 0) & ~(1 << (assignment & 31));
    }
  }
  return table;
}

/** A single test that some value passes fails for an absent key, so both can occur. */
function isFree([only, ...others]: readonly ConditionTest[]): boolean {
  return others.length === 0 && only?.quantifier === "ForAnyValue" && only.values.length > 0;
}

/** Indexes of the atoms of each key. */
export function atomsByKey(tests: readonly ConditionTest[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const [index, { foldedKey }] of tests.entries())
    groups.set(foldedKey, [...(groups.get(foldedKey) ?? []), index]);
  return [...groups.values()];
}

/** The bits of some atoms, moved together. */
function gather(assignment: number, indexes: readonly number[]): number {
  let bits = 0;
  for (let i = 0; i < indexes.length; i++) bits |= ((assignment >>> (indexes[i] ?? 0)) & 1) << i;
  return bits;
}
