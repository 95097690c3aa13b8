import { combineAll, type Judgement, type Verdict } from "../../policy/decide.js";
import { allOf, type Formula, UNKNOWN } from "../../policy/logic/formula.js";
import { solve } from "../../policy/logic/solve.js";
import type { Decision } from "../access/decision.js";

/**
 * Several requests made one after the other, all of which must succeed: together as good as the weakest of them. Their
 * conditions are joined as those of one request where they can hold together. Where that would make them worse, the requests
 * are told apart: a tag, an address or the time may differ from one to the next, and a no must be certain. A request that
 * cannot be determined leaves the whole undetermined, also under a condition that another one happens to make.
 *
 * @param requests decisions of which none is a plain no
 */
export function judgeInTurn(requests: readonly Pick<Decision, "judged" | "verdict">[]): Judgement {
  const judgements = requests.map(({ judged }) => judged.judgement);
  const together = combineAll(judgements);
  const verdicts = new Set(requests.map(({ verdict }) => verdict));
  if (solve(together.allowed).outcome === "NEVER" || isWorsened(together, verdicts)) return apart(judgements);
  return verdicts.has("UNDETERMINED") ? { ...together, allowed: allOf([UNKNOWN, together.allowed]) } : together;
}

function isWorsened({ allowed }: Judgement, verdicts: ReadonlySet<Verdict>): boolean {
  return !verdicts.has("UNDETERMINED") && solve(allowed).outcome === "UNDETERMINED";
}

function apart(judgements: readonly Judgement[]): Judgement {
  return combineAll(judgements.map(({ allowed, ...rest }, turn) => ({ ...rest, allowed: setApart(allowed, turn) })));
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
