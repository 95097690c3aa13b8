import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import { asciiLower } from "../../policy/ascii.js";
import type { AccessQuestion } from "../access/access-question.js";
import { type Decision, decideAccess, decidedAs } from "../access/decision.js";
import { likenessAmong } from "./like-principals.js";
import type { KnownAccess } from "./principal-access.js";

/** Policies that may say something about one of the actions. May name too many, never misses one. */
export function candidatePolicies({ actionIndex }: Snapshot, { actions }: AccessQuestion): ReadonlySet<Key> {
  const policies = new Set<Key>();
  for (const { name } of actions.parts) {
    for (const policy of actionIndex.candidates(asciiLower(name))) policies.add(policy);
  }
  return policies;
}

/** Decides a question for each of some principals by what reaches them, for those who are alike once. Yields before each. */
export function* directAccess(
  snapshot: Snapshot,
  question: AccessQuestion,
  principals: readonly CompiledPrincipal[],
): Generator<undefined, readonly KnownAccess[], undefined> {
  const policies = candidatePolicies(snapshot, question);
  const likeness = likenessAmong(snapshot, question, policies);
  const first = new Map<string, Decision>();
  const rows: KnownAccess[] = [];
  for (const principal of principals) {
    yield undefined;
    const key = likeness(principal);
    const like = first.get(key ?? "");
    const decision =
      like === undefined
        ? decideAccess(snapshot, principal, question, () => grantsOf(snapshot, principal, policies))
        : decidedAs(snapshot, principal, question, like.verdict);
    if (key !== undefined && like === undefined) first.set(key, decision);
    rows.push({ principal, decision });
  }
  return rows;
}

/** Tells principals that one of the policies reaches from those whom none does. */
export function reachedBy(snapshot: Snapshot, policies: ReadonlySet<Key>): (principal: CompiledPrincipal) => boolean {
  const reached = new Set<CompiledPrincipal>();
  for (const policy of policies) {
    for (const principal of snapshot.reachedBy.get(policy) ?? []) reached.add(principal);
  }
  return (principal) => reached.has(principal);
}
