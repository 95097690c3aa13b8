import { combineAll, type Judgement } from "../../policy/decide.js";
import type { Formula } from "../../policy/logic/formula.js";
import { solve } from "../../policy/logic/solve.js";

/**
 * Several requests made one after the other, all of which must succeed. Their conditions are joined as those of one request
 * where they can hold together. Where they exclude each other, the requests are told apart: a tag, an address or the time may
 * differ from one to the next, and a no must be certain.
 */
export function judgeInTurn(requests: readonly Judgement[]): Judgement {
  const together = combineAll(requests);
  if (solve(together.allowed).outcome !== "NEVER") return together;
  return combineAll(requests.map(({ allowed, ...rest }, turn) => ({ ...rest, allowed: setApart(allowed, turn) })));
}

/** The same formula about keys of its own. */
function setApart(formula: Formula, turn: number): Formula {
  switch (formula.kind) {
    case "TEST": {
      const { test } = formula;
      const own = { identity: `${turn} ${test.identity}`, foldedKey: `${turn} ${test.foldedKey}` };
      return { ...formula, test: { ...test, ...own } };
    }
    case "NOT":
      return { kind: "NOT", part: setApart(formula.part, turn) };
    case "AND":
    case "OR":
      return { kind: formula.kind, parts: formula.parts.map((part) => setApart(part, turn)) };
    default:
      return formula;
  }
}
