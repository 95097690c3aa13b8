import type { ConditionTest } from "../conditions/condition-test.js";
import { atomsByKey, feasibleTable } from "./feasible-table.js";
import type { Formula, TestOrigin } from "./formula.js";
import { type Cube, coverByPrimes, IMPOSSIBLE } from "./minimise.js";
import { MAX_ATOMS, tabulate } from "./truth-table.js";

/** One test that must hold, or must not. */
export interface Literal {
  readonly test: ConditionTest;
  readonly from: TestOrigin;
  /** True when the test as written must not hold. */
  readonly isNegated: boolean;
}

/** When a formula is true, over all values that its open tests may take. */
export interface Solution {
  /** `UNDETERMINED`: facts that cannot be read could change which of the other three it is. */
  readonly outcome: "ALWAYS" | "NEVER" | "SOMETIMES" | "UNDETERMINED";
  /** Alternatives under which it is certainly true; within one, all literals must hold. */
  readonly alternatives: readonly (readonly Literal[])[];
  /** Keys as written, of tests that can change the outcome. Sorted. */
  readonly missingKeys: readonly string[];
  /** True when alternatives beyond the limit were cut. */
  readonly isTruncated: boolean;
  /** False when the formula was too large to be tabulated: the outcome is then conservative. */
  readonly isExact: boolean;
}

/** How many alternatives a condition lists at most. */
export const MAX_ALTERNATIVES = 64;

interface Atom {
  readonly test: ConditionTest;
  readonly from: TestOrigin;
}

/** Solves a formula exactly over up to 16 different tests; beyond that says only what holds whatever the tests give. */
export function solve(formula: Formula): Solution {
  if (formula.kind === "CONSTANT") return constant(formula.value);
  const atoms = collectAtoms(formula);
  if (atoms.length > MAX_ATOMS) return estimate(formula, atoms);
  const indexOf = new Map(atoms.map(({ test }, index) => [test.identity, index]));
  const table = tabulate(formula, atoms.length, indexOf);
  const feasible = feasibleTable(atoms.map(({ test }) => test));
  const canBeTrue = table.canBeTrue.map((word, i) => word & (feasible[i] ?? 0));
  const canBeFalse = table.canBeFalse.map((word, i) => word & (feasible[i] ?? 0));
  const results = resultsOf(canBeTrue, canBeFalse, 2 ** atoms.length);
  const { cubes, isTruncated } = coverByPrimes(results, atoms.length, MAX_ALTERNATIVES);
  return {
    outcome: outcomeOf(canBeTrue, canBeFalse),
    alternatives: cubes.map((cube) => literalsOf(cube, atoms)),
    missingKeys: decidingKeys(atoms, results),
    isTruncated,
    isExact: true,
  };
}

/** What comes out of each assignment, for look-up. */
function resultsOf(canBeTrue: Uint32Array, canBeFalse: Uint32Array, size: number): Uint8Array {
  const results = new Uint8Array(size);
  for (let assignment = 0; assignment < size; assignment++) {
    const [word, bit] = [assignment >>> 5, assignment & 31];
    const isTrue = ((canBeTrue[word] ?? 0) >>> bit) & 1;
    const isFalse = ((canBeFalse[word] ?? 0) >>> bit) & 1;
    results[assignment] = isTrue | (isFalse << 1);
  }
  return results;
}

/**
 * With T, F, U for assignments that are true, false or unread: some T and some F give SOMETIMES whatever U is; all T is
 * ALWAYS, all F is NEVER; anything else could become either.
 */
function outcomeOf(canBeTrue: Uint32Array, canBeFalse: Uint32Array): Solution["outcome"] {
  const isSomewhere = (test: (t: number, f: number) => number) =>
    canBeTrue.some((word, i) => test(word, canBeFalse[i] ?? 0) !== 0);
  const hasTrue = isSomewhere((t, f) => t & ~f);
  const hasFalse = isSomewhere((t, f) => f & ~t);
  if (hasTrue && hasFalse) return "SOMETIMES";
  if (isSomewhere((t, f) => t & f)) return "UNDETERMINED";
  return hasTrue ? "ALWAYS" : "NEVER";
}

function constant(value: boolean): Solution {
  return {
    outcome: value ? "ALWAYS" : "NEVER",
    alternatives: value ? [[]] : [],
    missingKeys: [],
    isTruncated: false,
    isExact: true,
  };
}

/** The formula with every open test unread: what comes out then holds whatever the tests give. */
function estimate(formula: Formula, atoms: readonly Atom[]): Solution {
  const { canBeTrue, canBeFalse } = tabulate(unread(formula), 0, new Map());
  const outcome = outcomeOf(canBeTrue, canBeFalse);
  const isSettled = outcome === "ALWAYS" || outcome === "NEVER";
  return {
    outcome,
    alternatives: outcome === "ALWAYS" ? [[]] : [],
    missingKeys: isSettled ? [] : keysOf(atoms),
    isTruncated: !isSettled,
    isExact: isSettled,
  };
}

function unread(formula: Formula): Formula {
  switch (formula.kind) {
    case "TEST":
      return { kind: "UNKNOWN" };
    case "NOT":
      return { kind: "NOT", part: unread(formula.part) };
    case "AND":
    case "OR":
      return { kind: formula.kind, parts: formula.parts.map(unread) };
    default:
      return formula;
  }
}

function collectAtoms(formula: Formula): readonly Atom[] {
  const atoms = new Map<string, Atom>();
  const visit = (part: Formula): void => {
    if (part.kind === "TEST" && !atoms.has(part.test.identity)) atoms.set(part.test.identity, part);
    else if (part.kind === "NOT") visit(part.part);
    else if (part.kind === "AND" || part.kind === "OR") part.parts.forEach(visit);
  };
  visit(formula);
  return [...atoms.values()];
}

function literalsOf({ mask, values }: Cube, atoms: readonly Atom[]): readonly Literal[] {
  return atoms.flatMap(({ test, from }, index) => {
    if (((mask >> index) & 1) === 0) return [];
    const mustBePositive = ((values >> index) & 1) === 1;
    return [{ test, from, isNegated: mustBePositive === test.isNegated }];
  });
}

/**
 * Keys whose value can change the outcome: two assignments that can occur differ in atoms of this key alone, and in what
 * comes out.
 */
function decidingKeys(atoms: readonly Atom[], results: Uint8Array): readonly string[] {
  const deciding = atomsByKey(atoms.map(({ test }) => test)).filter((indexes) => {
    const own = indexes.reduce((mask, index) => mask | (1 << index), 0);
    const seen = new Uint8Array(results.length);
    for (let assignment = 0; assignment < results.length; assignment++) {
      const result = results[assignment] ?? IMPOSSIBLE;
      if (result === IMPOSSIBLE) continue;
      const others = assignment & ~own;
      if (seen[others] !== IMPOSSIBLE && seen[others] !== result) return true;
      seen[others] = result;
    }
    return false;
  });
  return keysOf(deciding.flatMap((indexes) => indexes.flatMap((index) => atoms[index] ?? [])));
}

function keysOf(atoms: readonly Atom[]): readonly string[] {
  const keys = new Map(atoms.map(({ test }) => [test.foldedKey, test.key]));
  return [...new Set(keys.values())].sort();
}
