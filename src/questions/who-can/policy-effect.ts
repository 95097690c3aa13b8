import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
import type { Grant } from "../../policy/grant.js";
import { FALSE, TRUE } from "../../policy/logic/formula.js";
import type { AccessQuestion } from "../access/access-question.js";
import { assumesRole } from "../access/assume-role.js";
import { isGrantedByResources } from "../access/granted-by-resources.js";
import { judgeAccess } from "../access/judge-access.js";

/**
 * What a policy by itself makes of a question for those of one account whom it reaches at account scope. `OPEN`: it hangs on
 * conditions or on who asks. `UNREADABLE_VALUE`: the question has to be refused.
 */
export type PolicyEffect = "NONE" | "ALLOWS" | "DENIES" | "OPEN" | "UNREADABLE_VALUE";

/**
 * True for a question that policies answer one by one: one action on one resource, without a policy of the resource's own
 * and without a layer that is the question's alone.
 */
export function isAnsweredByPolicies(snapshot: Snapshot, question: AccessQuestion): boolean {
  const { actions, resource, sessionPolicy, ignoredLayers } = question;
  const [part, ...others] = actions.parts;
  return (
    part !== undefined &&
    others.length === 0 &&
    part.resource === undefined &&
    !assumesRole(part.name) &&
    !isGrantedByResources(snapshot, actions) &&
    resource.form === "EACH" &&
    resource.resources.length === 1 &&
    sessionPolicy === undefined &&
    ignoredLayers === undefined &&
    !controlsNameCallers(snapshot)
  );
}

/**
 * Weighs one policy, with all layers that bind an account, as if it were all that a user of the account has. Effects of
 * several policies add up as long as none is open: one that denies denies, else one that allows allows.
 */
export function effectOf(
  snapshot: Snapshot,
  question: AccessQuestion,
  { grants }: CompiledPolicy,
  accountId: string,
): PolicyEffect {
  const caller = { kind: "USER" as const, ...(accountId === CATALOG_ACCOUNT ? {} : { accountId }) };
  const { allowed, denied, unreadableValues } = judgeAccess(snapshot, { caller, identity: grants }, question).judgement;
  if (unreadableValues.length > 0) return "UNREADABLE_VALUE";
  if (grants.some(namesCallers)) return "OPEN";
  if (denied === TRUE) return "DENIES";
  if (denied !== FALSE) return "OPEN";
  return allowed === TRUE ? "ALLOWS" : allowed === FALSE ? "NONE" : "OPEN";
}

/** The statement tells one principal of an account from another. */
export function namesCallers({ statement: { conditions, principals } }: Grant): boolean {
  return principals !== undefined || conditions.some(({ foldedKey }) => foldedKey === "acs:principalarn");
}

function controlsNameCallers({ controlLevels }: Snapshot): boolean {
  for (const { levels } of controlLevels.values()) {
    if (levels.some(({ grants }) => grants.some(namesCallers))) return true;
  }
  return false;
}
