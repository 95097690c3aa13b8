import type { Check, CheckReason } from "./check.js";

/**
 * How an element compares: by the first of its patterns that matches, else by the one that comes closest.
 *
 * @param difference what tells the closest pattern from the request; `undefined` where the pattern matches
 */
export function elementCheck(
  name: "ACTION" | "RESOURCE",
  isNegated: boolean,
  pattern: string,
  difference: CheckReason | undefined,
  value: string,
): Check {
  const isMatch = difference === undefined;
  const outcome = isMatch === isNegated ? "NOT_MATCHED" : "MATCHED";
  if (!isNegated) return { element: name, outcome, reason: difference ?? "PATTERN_MATCH", pattern, value };
  const excluded = name === "ACTION" ? "EXCLUDED_BY_NOT_ACTION" : "EXCLUDED_BY_NOT_RESOURCE";
  return { element: `NOT_${name}`, outcome, reason: difference ?? excluded, pattern, value };
}
