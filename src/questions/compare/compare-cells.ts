import { canonicalJson } from "../../inventory/canonical-json.js";
import { allOf, type Formula, not } from "../../policy/logic/formula.js";
import { solve } from "../../policy/logic/solve.js";
import { VERDICT_RANK } from "../access/verdict-rank.js";
import type { ChangeKind } from "./access-change.js";
import type { Cell, JudgedCell } from "./judge-cells.js";

/**
 * What happened on some resources. Gained: nothing was possible on any of them, now something is; lost the other way round.
 * Else it was widened when some of them are better off, and narrowed when some are worse off; it can be both.
 */
export function kindsOf(cells: readonly Cell[]): readonly ChangeKind[] {
  const before = cells.some(({ base }) => isPossible(base));
  const after = cells.some(({ head }) => isPossible(head));
  if (!before && !after) return [];
  if (!before) return ["GAINED"];
  if (!after) return ["LOST"];
  const widened = cells.some(({ base, head }) => isBetter(head, base));
  const narrowed = cells.some(({ base, head }) => isBetter(base, head));
  return [...(widened ? ["WIDENED" as const] : []), ...(narrowed ? ["NARROWED" as const] : [])];
}

/** Does anything differ on a resource that counts? */
export function differs({ base, head }: Cell): boolean {
  return isBetter(head, base) || isBetter(base, head);
}

/**
 * A better verdict, all denials being one; or the same condition and more besides. Two conditions of which neither implies
 * the other are each better than the other. What is undetermined on both sides is not told apart.
 */
function isBetter(one: JudgedCell, other: JudgedCell): boolean {
  const [rank, otherRank] = [rankOf(one), rankOf(other)];
  if (rank !== otherRank || one.verdict !== "CONDITIONAL") return rank > otherRank;
  const [mine, theirs] = [one.judgement.allowed, other.judgement.allowed];
  return textOf(mine) !== textOf(theirs) && !implies(mine, theirs);
}

function isPossible(cell: JudgedCell): boolean {
  return rankOf(cell) >= VERDICT_RANK.UNDETERMINED;
}

function rankOf({ verdict }: JudgedCell): number {
  return Math.max(VERDICT_RANK[verdict], VERDICT_RANK.IMPLICIT_DENY);
}

/** True where nothing that the context leaves open makes the one hold and the other not. */
function implies(one: Formula, other: Formula): boolean {
  return solve(allOf([one, not(other)])).outcome === "NEVER";
}

/** Equal texts for formulas of the same shape, wherever their tests stand. */
function textOf(formula: Formula): string {
  return canonicalJson(shapeOf(formula));
}

function shapeOf(formula: Formula): unknown {
  switch (formula.kind) {
    case "TEST":
      return [formula.test.identity, formula.test.isNegated];
    case "NOT":
      return ["NOT", shapeOf(formula.part)];
    case "AND":
    case "OR":
      return [formula.kind, ...formula.parts.map(shapeOf)];
    case "CONSTANT":
      return formula.value;
    case "UNKNOWN":
      return "UNKNOWN";
  }
}
