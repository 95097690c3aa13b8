import { VERDICT_RANK } from "../access/verdict-rank.js";
import { outsiderName } from "../assume/outsiders.js";
import type { AccessOrder, PrincipalAccess } from "./principal-access.js";

/** Sorts rows; ties keep the order that they come in. */
export function sortAccess(
  rows: readonly PrincipalAccess[],
  order: AccessOrder | undefined,
): readonly PrincipalAccess[] {
  if (order === undefined) return rows;
  const sign = order.isDescending ? -1 : 1;
  const compare = order.field === "NAME" ? compareNames : compareVerdicts;
  return rows.toSorted((left, right) => sign * compare(left, right));
}

function compareNames(left: PrincipalAccess, right: PrincipalAccess): number {
  const [a, b] = [nameOf(left), nameOf(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareVerdicts(left: PrincipalAccess, right: PrincipalAccess): number {
  return VERDICT_RANK[left.decision.verdict] - VERDICT_RANK[right.decision.verdict];
}

function nameOf({ decision: { asker } }: PrincipalAccess): string {
  return asker?.principal?.name ?? (asker === undefined ? "" : outsiderName(asker.caller));
}
