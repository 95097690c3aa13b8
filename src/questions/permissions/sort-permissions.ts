import { VERDICT_RANK } from "../access/verdict-rank.js";
import type { Permission } from "./permissions.js";

/** Sorts rows that come in the order of action names, which breaks every tie. */
export function sortPermissions(
  rows: readonly Permission[],
  order: { readonly field: "NAME" | "VERDICT" | "ACCESS_LEVEL"; readonly direction: "ASC" | "DESC" } | undefined,
): readonly Permission[] {
  if (order === undefined) return rows;
  const sign = order.direction === "DESC" ? -1 : 1;
  if (order.field === "NAME") return sign === 1 ? rows : rows.toReversed();
  const rankOf = order.field === "VERDICT" ? verdictRank : levelRank;
  return rows.toSorted((left, right) => sign * (rankOf(left) - rankOf(right)));
}

function verdictRank({ decision }: Permission): number {
  return VERDICT_RANK[decision.verdict];
}

const LEVELS = ["CREATE", "GET", "LIST", "UPDATE", "DELETE", "NONE"];

function levelRank({ action }: Permission): number {
  return LEVELS.indexOf(action.accessLevels[0] ?? "NONE");
}
