import type { Formula } from "./formula.js";

/**
 * A formula evaluated under every assignment of its atoms at once, one bit per assignment: bit `a` tells of the
 * assignment whose atom `i` is true when bit `i` of `a` is set. `UNKNOWN` makes both bits stand.
 */
export interface TruthTable {
  readonly canBeTrue: Uint32Array;
  readonly canBeFalse: Uint32Array;
}

/** More atoms than this are not tabulated: 2^16 assignments fill 8 KiB a table. */
export const MAX_ATOMS = 16;

const COLUMN_PATTERNS = [0xaaaaaaaa, 0xcccccccc, 0xf0f0f0f0, 0xff00ff00, 0xffff0000];

/** Evaluates the formula over `atomCount` atoms; `indexOf` gives the atom of a test by its identity. */
export function tabulate(formula: Formula, atomCount: number, indexOf: ReadonlyMap<string, number>): TruthTable {
  const words = Math.max(1, 2 ** (atomCount - 5));
  const valid = atomCount < 5 ? 2 ** (2 ** atomCount) - 1 : 0xffffffff;
  const evaluate = (part: Formula): TruthTable => {
    switch (part.kind) {
      case "CONSTANT":
        return part.value ? { canBeTrue: full(), canBeFalse: empty() } : { canBeTrue: empty(), canBeFalse: full() };
      case "UNKNOWN":
        return { canBeTrue: full(), canBeFalse: full() };
      case "NOT":
        return swap(evaluate(part.part));
      case "TEST": {
        const table = column(indexOf.get(part.test.identity) ?? 0, words, valid);
        return part.test.isNegated ? swap(table) : table;
      }
      case "AND":
        return part.parts.map(evaluate).reduce(conjunction);
      case "OR":
        return swap(part.parts.map((each) => swap(evaluate(each))).reduce(conjunction));
    }
  };
  const full = () => new Uint32Array(words).fill(valid);
  const empty = () => new Uint32Array(words);
  return evaluate(formula);
}

function column(index: number, words: number, valid: number): TruthTable {
  const canBeTrue = new Uint32Array(words);
  const canBeFalse = new Uint32Array(words);
  for (let word = 0; word < words; word++) {
    const bits = index < 5 ? (COLUMN_PATTERNS[index] ?? 0) : (word >> (index - 5)) & 1 ? 0xffffffff : 0;
    canBeTrue[word] = bits & valid;
    canBeFalse[word] = ~bits & valid;
  }
  return { canBeTrue, canBeFalse };
}

function swap({ canBeTrue, canBeFalse }: TruthTable): TruthTable {
  return { canBeTrue: canBeFalse, canBeFalse: canBeTrue };
}

function conjunction(left: TruthTable, right: TruthTable): TruthTable {
  return {
    canBeTrue: left.canBeTrue.map((word, i) => word & (right.canBeTrue[i] ?? 0)),
    canBeFalse: left.canBeFalse.map((word, i) => word | (right.canBeFalse[i] ?? 0)),
  };
}
