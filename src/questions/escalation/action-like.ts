import type { ActionPattern } from "../../policy/action-pattern.js";

/** An action that no policy names: only a pattern over all services covers it. */
export const ANY_ACTION = "any:thing";

/** An action that a pattern covers, unless the pattern is malformed. */
export function actionLike({ folded }: ActionPattern): string {
  const [service, name] = folded.replace(/[*?]/g, "x").split(":", 2);
  return `${service || "any"}:${name || "thing"}`;
}
