import type { ConditionTest } from "../conditions/condition-test.js";
import type { Formula, TestOrigin } from "./formula.js";
import { type Cube, coverByPrimes } from "./minimise.js";
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
  const { canBeTrue, canBeFalse } = tabulate(formula, atoms.length, indexOf);
  const certain = canBeTrue.map((word, i) => word & ~(canBeFalse[i] ?? 0));
  const isOn = (assignment: number) => (((certain[assignment >> 5] ?? 0) >>> (assignment & 31)) & 1) === 1;
  const { cubes, isTruncated } = coverByPrimes(isOn, atoms.length, MAX_ALTERNATIVES);
  return {
    outcome: outcomeOf(canBeTrue, canBeFalse),
    alternatives: cubes.map((cube) => literalsOf(cube, atoms)),
    missingKeys: keysOf(atoms.filter((_, index) => dependsOn(canBeTrue, canBeFalse, index, atoms.length))),
    isTruncated,
    isExact: true,
  };
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

/** Does flipping this atom change the value anywhere? */
function dependsOn(canBeTrue: Uint32Array, canBeFalse: Uint32Array, index: number, atomCount: number): boolean {
  const bit = (table: Uint32Array, at: number) => ((table[at >> 5] ?? 0) >>> (at & 31)) & 1;
  for (let at = 0; at < 2 ** atomCount; at++) {
    if ((at >> index) & 1) continue;
    const flipped = at | (1 << index);
    if (bit(canBeTrue, at) !== bit(canBeTrue, flipped) || bit(canBeFalse, at) !== bit(canBeFalse, flipped)) return true;
  }
  return false;
}

function keysOf(atoms: readonly Atom[]): readonly string[] {
  const keys = new Map(atoms.map(({ test }) => [test.foldedKey, test.key]));
  return [...keys.values()].sort();
}
