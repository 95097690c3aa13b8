import { namesCallers } from "../../grants/names-callers.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT, type Key } from "../../inventory/keys.js";
import { decide, type Judgement, rule, type Verdict } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";
import { FALSE, TRUE } from "../../policy/logic/formula.js";
import { reachesScope } from "../../policy/match-statement.js";
import type { AccessQuestion } from "../access/access-question.js";
import { assumesRole } from "../access/assume-role.js";
import { isGrantedByResources } from "../access/granted-by-resources.js";
import { type JudgedPoint, judgePoint } from "../access/judge-access.js";

/**
 * What a policy by itself makes of a question for those of one account whom it reaches at account scope. `MAY_ALLOW`: under
 * conditions, and it denies nothing. `OPEN`: it hangs on conditions or on who asks. `UNREADABLE_VALUE`: the question has to be
 * refused.
 */
export type PolicyEffect = "NONE" | "ALLOWS" | "DENIES" | "MAY_ALLOW" | "OPEN" | "UNREADABLE_VALUE";

/** What policies make of one question. Each is weighed once for each account. */
export interface PolicyEffects {
  /**
   * The policy weighed with all layers that bind a user of the account. Effects of several policies add up: one that denies
   * denies; where none may deny, one that allows allows.
   */
  readonly effectOf: (policy: Key, accountId: string) => PolicyEffect;
  /** True where a policy at the scope of the resource group applies, undefined where that is not known. */
  readonly reachesGroup: (resourceGroupId: string, accountId: string) => boolean | undefined;
  /** What a user of the account with these statements may do. */
  readonly verdictOf: (grants: readonly Grant[], accountId: string) => Verdict;
}

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

/** @param question one that `isAnsweredByPolicies` */
export function weighPolicies(snapshot: Snapshot, question: AccessQuestion): PolicyEffects {
  const points = new Map<string, JudgedPoint>();
  const effects = new Map<string, Map<Key, PolicyEffect>>();
  const pointOf = (accountId: string): JudgedPoint => {
    const point = points.get(accountId) ?? anybodysPoint(snapshot, question, accountId);
    points.set(accountId, point);
    return point;
  };
  const judge = (grants: readonly Grant[], accountId: string): Judgement => {
    const { request, layers } = pointOf(accountId);
    return decide(request, { ...layers, identity: grants });
  };
  return {
    effectOf: (policy, accountId) => {
      const known = effects.get(accountId) ?? new Map<Key, PolicyEffect>();
      effects.set(accountId, known);
      const grants = snapshot.policies.get(policy)?.grants ?? [];
      const effect = known.get(policy) ?? nameEffect(judge(grants, accountId), grants);
      known.set(policy, effect);
      return effect;
    },
    reachesGroup: (resourceGroupId, accountId) => {
      const { request } = pointOf(accountId);
      return reachesScope({ resourceGroupId }, request);
    },
    verdictOf: (grants, accountId) => rule(judge(grants, accountId)).verdict,
  };
}

function nameEffect({ allowed, denied, unreadableValues }: Judgement, grants: readonly Grant[]): PolicyEffect {
  if (unreadableValues.length > 0) return "UNREADABLE_VALUE";
  if (grants.some(namesCallers)) return "OPEN";
  if (denied === TRUE) return "DENIES";
  if (denied !== FALSE) return "OPEN";
  return allowed === TRUE ? "ALLOWS" : allowed === FALSE ? "NONE" : "MAY_ALLOW";
}

/** The request as a user of the account makes it, of whom nothing else is known. */
function anybodysPoint(snapshot: Snapshot, question: AccessQuestion, accountId: string): JudgedPoint {
  const caller = { kind: "USER" as const, ...(accountId === CATALOG_ACCOUNT ? {} : { accountId }) };
  const { actions, resource } = question;
  const [action, asked] = [actions.parts[0]?.name, resource.form === "EACH" ? resource.resources[0] : undefined];
  if (action === undefined || asked === undefined) throw new Error("policies alone do not answer this question");
  return judgePoint(snapshot, { caller, identity: [] }, question, action, asked);
}

function controlsNameCallers({ controlLevels }: Snapshot): boolean {
  for (const { levels } of controlLevels.values()) {
    if (levels.some(({ grants }) => grants.some(namesCallers))) return true;
  }
  return false;
}
