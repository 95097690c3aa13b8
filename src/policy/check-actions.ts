import { type ActionPattern, coversAction, objectOfAction } from "./action-pattern.js";
import type { Check } from "./check.js";
import type { Statement } from "./document.js";
import { elementCheck } from "./element-check.js";
import type { PointRequest } from "./request.js";

/** How the action element of a statement compares; undefined where there is none that can be read. */
export function checkActions(element: Statement["actions"], request: PointRequest): Check | undefined {
  if (element === "UNREADABLE") return undefined;
  const { patterns, isNegated } = element;
  const { action, foldedAction } = request;
  for (const pattern of patterns) {
    if (coversAction(pattern, foldedAction)) return elementCheck("ACTION", isNegated, pattern.text, undefined, action);
  }
  const [first] = patterns;
  const closest = closestActions(patterns, action, foldedAction);
  if (first === undefined) return undefined;
  if (closest === undefined) return elementCheck("ACTION", isNegated, first.text, "SERVICE_DIFFERS", action);
  return elementCheck("ACTION", isNegated, closest, "ACTION_DIFFERS", action);
}

/**
 * Of patterns of the same service those about the same object, which tell what may be done to it instead; else the first.
 * Undefined where there are none of the service.
 */
function closestActions(patterns: readonly ActionPattern[], action: string, foldedAction: string): string | undefined {
  const prefix = foldedAction.slice(0, foldedAction.indexOf(":") + 1) || "*:";
  let sameService: ActionPattern[] | undefined;
  for (const pattern of patterns) {
    if (!pattern.folded.startsWith(prefix)) continue;
    if (sameService === undefined) sameService = [pattern];
    else sameService.push(pattern);
  }
  if (sameService === undefined) return undefined;
  const object = objectOfAction(action);
  const related = object === "" ? [] : sameService.filter(({ folded }) => folded.includes(object));
  return related.length === 0 ? sameService[0]?.text : related.map(({ text }) => text).join(", ");
}
