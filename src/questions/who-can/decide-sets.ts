import { scopedGrants } from "../../grants/compiled-policy.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import { namesCallers } from "../../grants/names-callers.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import type { Key } from "../../inventory/keys.js";
import type { Verdict } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";
import type { AccessQuestion } from "../access/access-question.js";
import { decideAccess } from "../access/decision.js";
import type { PolicyEffects } from "./policy-effects.js";

/** The policies of a principal that leave its verdict open, and what the others settle. */
interface OpenSet {
  readonly isAllowed: boolean;
  readonly isDenied: boolean;
  readonly mayBeDenied: boolean;
  /** Each policy at each scope once, sorted: equal for principals whom the same reaches. */
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
}

/**
 * Decides principals whom policies leave open, those whom the same ones reach once. The order of policies never matters to a
 * verdict, and of those that allow outright one is as good as many.
 *
 * @param policies all that may say something about the question's action
 */
export function decideSets(
  snapshot: Snapshot,
  question: AccessQuestion,
  policies: ReadonlySet<Key>,
  effects: PolicyEffects,
): (principal: CompiledPrincipal) => Verdict {
  const known = new Map<string, Verdict>();
  const bindsSome = snapshot.controlLevels.size > 0;
  return (principal) => {
    const alone = () =>
      decideAccess(snapshot, principal, question, () => grantsOf(snapshot, principal, policies)).verdict;
    if (bindsSome && isServiceLinked(principal)) return alone();
    const set = openSetOf(snapshot, principal, policies, effects);
    if (set === "PERSONAL") return alone();
    if (set.isDenied) return "EXPLICIT_DENY";
    if (set.isAllowed && !set.mayBeDenied) return "ALLOWED";
    const key = JSON.stringify([principal.accountId, set.isAllowed, [...set.grants.keys()].toSorted()]);
    const verdict = known.get(key) ?? effects.verdictOf([...set.grants.values()].flat(), principal.accountId);
    known.set(key, verdict);
    return verdict;
  };
}

function openSetOf(
  snapshot: Snapshot,
  { key, accountId }: CompiledPrincipal,
  policies: ReadonlySet<Key>,
  { effectOf, reachesGroup }: PolicyEffects,
): OpenSet | "PERSONAL" {
  let [isAllowed, isDenied, mayBeDenied] = [false, false, false];
  const grants = new Map<string, readonly Grant[]>();
  for (const { policy, resourceGroupId } of reachesOf(snapshot, key)) {
    const compiled = policies.has(policy) ? snapshot.policies.get(policy) : undefined;
    const effect = compiled === undefined ? "NONE" : effectOf(policy, accountId);
    const isReached = resourceGroupId === undefined || reachesGroup(resourceGroupId, accountId);
    if (compiled === undefined || effect === "NONE" || isReached === false) continue;
    if (effect === "OPEN" && compiled.grants.some(namesCallers)) return "PERSONAL";
    const isCertain = isReached === true;
    if (isCertain && effect === "DENIES") isDenied = true;
    if (isCertain && effect === "ALLOWS") isAllowed = true;
    if (effect !== "ALLOWS" && effect !== "MAY_ALLOW") mayBeDenied = true;
    if (isCertain) grants.set(effect === "ALLOWS" ? ANY_ALLOWING : policy, compiled.grants);
    else grants.set(`?${policy}`, scopedGrants(compiled, resourceGroupId ?? ""));
  }
  return { isAllowed, isDenied, mayBeDenied, grants };
}

/** Stands for every policy that allows outright. */
const ANY_ALLOWING = "";
