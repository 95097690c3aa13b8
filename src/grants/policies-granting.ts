import { asciiLower } from "../policy/ascii.js";
import { mayCoverAction } from "../policy/match-statement.js";
import type { CompiledPolicy } from "./compiled-policy.js";
import type { Snapshot } from "./snapshot.js";

/** How many statements are looked at before others get their turn. */
const STEP = 500;

/**
 * Policies with an Allow statement that covers an action, wildcards and `NotAction` considered. What a Deny takes away,
 * and on which resources the grant holds, is not asked here.
 * @param action `service:Name` in any letter case
 */
export function* policiesGranting(
  { actionIndex }: Snapshot,
  action: string,
): Generator<undefined, ReadonlySet<CompiledPolicy>, undefined> {
  const foldedAction = asciiLower(action);
  const granting = new Set<CompiledPolicy>();
  yield undefined;
  for (const [at, { policy, place }] of actionIndex.statementsAbout(foldedAction).entries()) {
    if (at % STEP === 0) yield undefined;
    const statement = policy.document.statements[place];
    if (statement?.effect === "ALLOW" && mayCoverAction(statement, foldedAction) === true) granting.add(policy);
  }
  return granting;
}
