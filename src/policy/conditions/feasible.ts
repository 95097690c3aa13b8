import type { ConditionTest } from "./condition-test.js";
import { OPERATORS } from "./operators.js";

/** More tests of one key than this are taken as independent of each other. */
const MAX_TESTS = 8;
/** More combinations of outcomes than this are not listed. */
const MAX_OUTCOMES = 4096;

/** Outcomes of several tests for a list of values: bit `i` tells whether any value, and whether all values, match test `i`. */
interface Outcome {
  readonly any: number;
  readonly all: number;
}

/**
 * Which outcomes the tests of one key can have together, over every completion: the key absent, or present with any
 * values. `x` cannot equal `a` without matching `a*`; with several values it may equal `a` and `b` at once.
 *
 * @param tests of one key, in positive form
 * @returns the combinations as bit masks, bit `i` for test `i`; undefined when any combination has to be reckoned with
 */
export function feasibleOutcomes(tests: readonly ConditionTest[]): ReadonlySet<number> | undefined {
  if (tests.length > MAX_TESTS) return undefined;
  let present: readonly number[] = [0];
  for (const indexes of byFamily(tests)) {
    const outcomes = familyOutcomes(tests, indexes);
    if (outcomes === undefined) return undefined;
    present = present.flatMap((mask) => [...outcomes].map((outcome) => mask | outcome));
  }
  return new Set([...present, maskOf(tests, { any: 0, all: -1 })]);
}

/** Tests of different families say little about each other, so their outcomes are combined freely. */
function byFamily(tests: readonly ConditionTest[]): readonly (readonly number[])[] {
  const families = new Map<string, number[]>();
  for (const [index, { positiveName }] of tests.entries()) {
    const name = OPERATORS.get(positiveName)?.family.name ?? "";
    families.set(name, [...(families.get(name) ?? []), index]);
  }
  return [...families.values()];
}

function familyOutcomes(tests: readonly ConditionTest[], indexes: readonly number[]): ReadonlySet<number> | undefined {
  const own = indexes.flatMap((index) => tests[index] ?? []);
  const family = OPERATORS.get(own[0]?.positiveName ?? "")?.family;
  const values = family?.representatives(own);
  if (values === undefined) return undefined;
  const single = new Set(values.map((value) => matchesOf(own, value)));
  const closed = closeUnderLists([...single].map((mask) => ({ any: mask, all: mask })));
  if (closed === undefined) return undefined;
  return new Set(closed.map((outcome) => spread(maskOf(own, outcome), indexes)));
}

function matchesOf(tests: readonly ConditionTest[], value: string): number {
  return tests.reduce((mask, test, i) => (test.holdsPositive([value]) === true ? mask | (1 << i) : mask), 0);
}

/** A longer list matches any of what its parts match, and all of what all of its parts match. */
function closeUnderLists(single: readonly Outcome[]): readonly Outcome[] | undefined {
  const known = new Map(single.map((outcome) => [keyOf(outcome), outcome]));
  for (const outcome of known.values()) {
    for (const { any, all } of single) {
      const joined = { any: outcome.any | any, all: outcome.all & all };
      known.set(keyOf(joined), known.get(keyOf(joined)) ?? joined);
    }
    if (known.size > MAX_OUTCOMES) return undefined;
  }
  return [...known.values()];
}

function keyOf({ any, all }: Outcome): number {
  return any * 2 ** MAX_TESTS + all;
}

function maskOf(tests: readonly ConditionTest[], { any, all }: Outcome): number {
  return tests.reduce((mask, { quantifier }, i) => mask | ((quantifier === "ForAllValues" ? all : any) & (1 << i)), 0);
}

/** Moves bit `i` to the place that test has among all tests. */
function spread(mask: number, indexes: readonly number[]): number {
  return indexes.reduce((moved, index, i) => (mask & (1 << i) ? moved | (1 << index) : moved), 0);
}
