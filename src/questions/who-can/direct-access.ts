import { addAll, type Bits, hasBit, noBits } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { CountedBits } from "../../grants/counted-bits.js";
import { grantsOf } from "../../grants/grants-of.js";
import { placeOf } from "../../grants/place-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import type { Key } from "../../inventory/keys.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Verdict } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";
import type { AccessQuestion, Taken } from "../access/access-question.js";
import { type Decision, decidedAs, decideInSteps } from "../access/decision.js";
import { isGrantedByResources } from "../access/granted-by-resources.js";
import { refusalOf } from "../access/unreadable-value.js";
import { likenessAmong } from "./like-principals.js";
import { type VerdictSets, verdictSets } from "./settle-words.js";

/** Policies that may say something about one of the actions. May name too many, never misses one. */
export function candidatePolicies({ actionIndex }: Snapshot, { actions }: AccessQuestion): ReadonlySet<Key> {
  const policies = new Set<Key>();
  for (const { name } of actions.parts) {
    for (const policy of actionIndex.candidates(asciiLower(name))) policies.add(policy);
  }
  return policies;
}

/**
 * Decides a question for each of some principals by what reaches them, for those who are alike once; refused where a value of the
 * question cannot be read. Yields before each.
 */
export function* directVerdicts(
  snapshot: Snapshot,
  question: AccessQuestion,
  principals: readonly CompiledPrincipal[],
  wanted: ReadonlySet<Verdict>,
): Steps<Taken<VerdictSets>> {
  const sets = verdictSets(wanted, () => new CountedBits(noBits(snapshot.principals.length)));
  return yield* decideInto(sets, snapshot, question, principals);
}

/** Finds a verdict in a shorter way; undefined where that way does not lead to one. */
export type FindVerdict = (
  principal: CompiledPrincipal,
  relevant: () => readonly Grant[],
) => Steps<Verdict | undefined>;

/** The same beside verdicts that are known of others, to which these are added. */
export function* decideInto(
  sets: VerdictSets,
  snapshot: Snapshot,
  question: AccessQuestion,
  principals: readonly CompiledPrincipal[],
  findVerdict?: FindVerdict,
): Steps<Taken<VerdictSets>> {
  const decide = yield* deciderOf(snapshot, question, findVerdict);
  for (const principal of principals) {
    yield undefined;
    const decision = yield* decide(principal);
    const place = placeOf(snapshot, principal);
    const refusal = decision.unreadableValues.length > 0 ? refusalOf([decision], "") : undefined;
    if (refusal !== undefined) return refusal;
    if (place !== undefined) sets[decision.verdict].add(place);
  }
  return { value: sets };
}

/** Gives the decision on principals, for those who are alike decided once. Yields while it looks at policies. */
export function* deciderOf(
  snapshot: Snapshot,
  question: AccessQuestion,
  findVerdict?: FindVerdict,
): Steps<(principal: CompiledPrincipal) => Steps<Decision>> {
  const policies = candidatePolicies(snapshot, question);
  const likeness = yield* likenessAmong(snapshot, question, policies);
  const known = new Map<string, Verdict>();
  return function* (principal) {
    const key = likeness(principal);
    const verdict = known.get(key ?? "");
    if (verdict !== undefined) return decidedAs(snapshot, principal, question, verdict);
    const relevant = () => grantsOf(snapshot, principal, policies);
    const found = yield* findVerdict?.(principal, relevant) ?? none();
    if (found !== undefined) {
      if (key !== undefined) known.set(key, found);
      return decidedAs(snapshot, principal, question, found);
    }
    const decision = yield* decideInSteps(snapshot, principal, question, relevant);
    if (key !== undefined && isExact(decision)) known.set(key, decision.verdict);
    if (decision.unreadableValues.length > 0) return decision;
    // What explains the verdict is let go, for there may be a hundred thousand of them.
    return decidedAs(snapshot, principal, question, decision.verdict);
  };
}

function* none(): Steps<undefined> {}

/** What could not be worked out of a set for one may be worked out for another who is alike. */
function isExact(decision: Decision): boolean {
  const { actions, resource } = decision.question;
  const isNamed = actions.parts.every((part) => (part.resource ?? resource).form === "EACH");
  return isNamed || decision.judged.actions.every((action) => action.isExact);
}

/** How many policies or principals are looked at before others get their turn. */
const [FEW_POLICIES, FEW_PRINCIPALS] = [100, 5_000];

/**
 * Those whom a question has to be decided for, in byte order of ARNs: all whom a policy reaches that may say something about it, or simply
 * all where somebody whom none reaches may be an answer. Yields now and then.
 *
 * @param isConsidered who is asked about
 * @param wantsDenials whether a no is an answer as well
 */
export function* candidatesAmong(
  snapshot: Snapshot,
  question: AccessQuestion,
  isConsidered: (principal: CompiledPrincipal) => boolean,
  wantsDenials: boolean,
): Generator<undefined, readonly CompiledPrincipal[], undefined> {
  const mayBeAnyone = wantsDenials || isGrantedByResources(snapshot, question.actions);
  if (mayBeAnyone) return yield* principalsWhere(snapshot, isConsidered);
  const reached = yield* reachedBy(snapshot, candidatePolicies(snapshot, question));
  return yield* principalsWhere(snapshot, (principal, place) => hasBit(reached, place) && isConsidered(principal));
}

/** Some of a snapshot's principals, in byte order of ARNs. Yields now and then. */
function* principalsWhere(
  { principals }: Snapshot,
  isMeant: (principal: CompiledPrincipal, place: number) => boolean,
): Generator<undefined, readonly CompiledPrincipal[], undefined> {
  const meant: CompiledPrincipal[] = [];
  for (let start = 0; start < principals.length; start += FEW_PRINCIPALS) {
    yield undefined;
    const some = principals.slice(start, start + FEW_PRINCIPALS);
    for (const [at, principal] of some.entries()) if (isMeant(principal, start + at)) meant.push(principal);
  }
  return meant;
}

/** Places of principals whom one of the policies reaches. */
function* reachedBy(
  { principals, reach }: Snapshot,
  policies: ReadonlySet<Key>,
): Generator<undefined, Bits, undefined> {
  const reached = noBits(principals.length);
  let seen = 0;
  for (const policy of policies) {
    if (++seen % FEW_POLICIES === 0) yield undefined;
    const number = reach.policyNumber(policy);
    if (number !== undefined) addAll(reached, reach.reached(number));
  }
  return reached;
}
