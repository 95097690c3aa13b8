import type { ResourcePattern } from "../../policy/arn.js";
import type { Statement } from "../../policy/document.js";

/** Does the statement reach every resource, at least of one service, and always? A condition is taken to bound it. */
export function reachesEverything({ resources, conditions, unreadable }: Statement): boolean {
  const isBounded = conditions.length > 0 || unreadable.some(({ key, operator }) => (key ?? operator) !== undefined);
  return !isBounded && resources !== "UNREADABLE" && !resources.isNegated && resources.patterns.some(coversService);
}

/** `*`, or `acs:ecs:*:*:*`. */
function coversService({ form, segments }: ResourcePattern): boolean {
  if (form === "ANY") return true;
  return segments?.slice(2).every((segment) => /^\**$/.test(segment)) ?? false;
}

/** `*` or `*:*`: every action of every service. */
export function isEveryAction(folded: string): boolean {
  return /^\*+(?::\*+)?$/.test(folded);
}

/** `ecs:*`: every action of one service, or of all. */
export function isWholeService(folded: string): boolean {
  return isEveryAction(folded) || /^[^:]*:\*+$/.test(folded);
}

/** The first of several texts, and how many more there are: `x`, `x and 2 more`. */
export function firstOf(texts: readonly string[]): string {
  const [first = ""] = texts;
  return texts.length > 1 ? `\`${first}\` and ${texts.length - 1} more` : `\`${first}\``;
}
