import { sortBackwards, sortInSteps } from "../../grants/sort-in-steps.js";
import { VERDICT_RANK } from "../access/verdict-rank.js";
import { outsiderName } from "../assume/outsiders.js";
import type { AccessOrder, PrincipalAccess } from "./principal-access.js";

/** How many rows are laid out before others get their turn. */
const STEP = 5_000;

/** Sorts rows, yielding now and then; ties keep the order that they come in. */
export function* sortAccess(
  rows: readonly PrincipalAccess[],
  order: AccessOrder | undefined,
): Generator<undefined, readonly PrincipalAccess[], undefined> {
  if (order === undefined) return rows;
  const compare = order.field === "NAME" ? compareNames : compareVerdicts;
  return yield* arrange(rows, compare, order.isDescending);
}

/** The same by any comparison. */
export function* arrange<Row>(
  rows: readonly Row[],
  compare: (left: Row, right: Row) => number,
  isDescending = false,
): Generator<undefined, readonly Row[], undefined> {
  const compareAt = (left: number, right: number) => {
    const [a, b] = [rows[left], rows[right]];
    return a === undefined || b === undefined ? 0 : compare(a, b);
  };
  const sort = isDescending ? sortBackwards : sortInSteps;
  const sorted: Row[] = [];
  for (const place of yield* sort(rows.length, compareAt)) {
    const row = rows[place];
    if (row !== undefined) sorted.push(row);
    if (sorted.length % STEP === 0) yield undefined;
  }
  return sorted;
}

function compareNames(left: PrincipalAccess, right: PrincipalAccess): number {
  const [a, b] = [nameOf(left), nameOf(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareVerdicts(left: PrincipalAccess, right: PrincipalAccess): number {
  return VERDICT_RANK[left.decision.verdict] - VERDICT_RANK[right.decision.verdict];
}

/** Not by the decision where it can be helped: who asks is found out only when a decision is explained. */
function nameOf({ principal, decision }: PrincipalAccess): string {
  if (principal !== undefined) return principal.name;
  const { asker } = decision;
  return asker?.principal?.name ?? (asker === undefined ? "" : outsiderName(asker.caller));
}
