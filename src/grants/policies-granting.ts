import { asciiLower } from "../policy/ascii.js";
import { mayCoverAction } from "../policy/match-statement.js";
import type { CompiledPolicy } from "./compiled-policy.js";
import type { Snapshot } from "./snapshot.js";

/**
 * Policies with an Allow statement that covers an action, wildcards and `NotAction` considered. What a Deny takes away,
 * and on which resources the grant holds, is not asked here.
 * @param action `service:Name` in any letter case
 */
export function policiesGranting({ actionIndex, policies }: Snapshot, action: string): readonly CompiledPolicy[] {
  const foldedAction = asciiLower(action);
  return [...actionIndex.candidates(foldedAction)].flatMap((key) => {
    const compiled = policies.get(key);
    const grants = compiled?.document.statements.some(
      (statement) => statement.effect === "ALLOW" && mayCoverAction(statement, foldedAction) === true,
    );
    return compiled !== undefined && grants ? [compiled] : [];
  });
}
