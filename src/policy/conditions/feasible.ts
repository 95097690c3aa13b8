import { STEP_BUDGET } from "../patterns/budget.js";
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
 * How much one formula may take for all of its keys together: some twenty milliseconds, in which nobody else gets a turn. Tests of
 * usual shape take a thousandth of it.
 */
export const MOST_STEPS = STEP_BUDGET / 10;
/** What is compared with a value in the time in which a position of a pattern is looked at. */
const COMPARISONS_IN_STEP = 30;

/** What came of tests that were looked at last. */
interface Remembered {
  readonly tests: readonly ConditionTest[];
  readonly most: number;
  readonly outcomes: ReadonlySet<number> | undefined;
}

/** By what the first test compares with: a decision solves formulas about the same tests several times, under keys of their own at times. */
const remembered = new WeakMap<ConditionTest["holdsPositive"], Remembered>();

/**
 * Which outcomes the tests of one key can have together, over every completion: the key absent, or present with any
 * values. `x` cannot equal `a` without matching `a*`; with several values it may equal `a` and `b` at once.
 *
 * @param tests of one key, in positive form
 * @param most steps that it may take; see `MOST_STEPS`
 * @returns the combinations as bit masks, bit `i` for test `i`; undefined when any combination has to be reckoned with
 */
export function feasibleOutcomes(tests: readonly ConditionTest[], most: number): ReadonlySet<number> | undefined {
  const [first] = tests;
  if (first === undefined || tests.length > MAX_TESTS) return undefined;
  const known = remembered.get(first.holdsPositive);
  if (known !== undefined && known.most === most && areAlike(known.tests, tests)) return known.outcomes;
  const outcomes = findOutcomes(tests, most);
  remembered.set(first.holdsPositive, { tests, most, outcomes });
  return outcomes;
}

/** What a test compares with is made with it, and for no other. */
function areAlike(some: readonly ConditionTest[], others: readonly ConditionTest[]): boolean {
  return (
    some.length === others.length && some.every((test, index) => test.holdsPositive === others[index]?.holdsPositive)
  );
}

function findOutcomes(tests: readonly ConditionTest[], most: number): ReadonlySet<number> | undefined {
  let present: readonly number[] = [0];
  for (const indexes of byFamily(tests)) {
    const outcomes = familyOutcomes(tests, indexes, most);
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

function familyOutcomes(
  tests: readonly ConditionTest[],
  indexes: readonly number[],
  most: number,
): ReadonlySet<number> | undefined {
  const own = indexes.flatMap((index) => tests[index] ?? []);
  const family = OPERATORS.get(own[0]?.positiveName ?? "")?.family;
  const values = family?.representatives(own, most);
  if (values === undefined) return undefined;
  const comparisons = values.length * own.reduce((sum, test) => sum + test.values.length, 0);
  if (comparisons > most * COMPARISONS_IN_STEP) return undefined;
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
