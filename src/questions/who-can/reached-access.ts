import { addBit, hasBit, membersOf, noBits } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { rangesInSteps } from "../../grants/principal-ranges.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Verdict } from "../../policy/decide.js";
import type { AccessQuestion, Taken } from "../access/access-question.js";
import { refusalOf } from "../access/unreadable-value.js";
import { isAtLeast, VERDICTS } from "../access/verdict-rank.js";
import { reachInto } from "../assume/reach.js";
import { AbleRoles } from "./able-roles.js";
import { accessAlong, decisionAlong } from "./access-along.js";
import type { KnownAccess } from "./principal-access.js";
import type { VerdictSets } from "./settle-words.js";

/** How many are looked at before others get their turn. */
const STEP = 2_000;

/** What is said of somebody at a place by the roles that lead there; undefined where doing it oneself is as good. */
export type ReachedAt = (place: number, verdict: Verdict) => KnownAccess | undefined;

/**
 * Adds who gets to do something by assuming roles: the session of the last role does it, so every hop and the role itself must
 * be allowed. A session is the role alone; nothing of who assumed it is added. Of two ways the better counts; doing it oneself
 * goes before getting there. Those who must come out alike are decided once. Yields before each decision.
 *
 * @param able verdicts on all roles that can do it; plain denials say nothing
 * @param sets verdicts on those who are asked about, of which all but plain denials must be filled; changed
 * @param isAsked who is asked about; paths may lead through others
 */
export function* addReached(
  snapshot: Snapshot,
  question: AccessQuestion,
  { able, sets }: { readonly able: VerdictSets; readonly sets: VerdictSets },
  isAsked: (principal: CompiledPrincipal) => boolean,
): Generator<undefined, Taken<ReachedAt>, undefined> {
  const { roles } = yield* rangesInSteps(snapshot.principals);
  const targets = new AbleRoles(snapshot, question, able, roles);
  const trails = yield* reachInto(snapshot, (tier) => targets.atLeast(tier), question.context);
  const way = { trails, targets };
  const byRoles = noBits(snapshot.principals.length);
  const known = new Map<number, Verdict>();
  for (const [at, place] of membersOf([trails.members]).entries()) {
    if (at % STEP === 0) yield undefined;
    const principal = snapshot.principals[place];
    if (principal === undefined || !isAsked(principal)) continue;
    const likeness = trails.likenessOf(place);
    let verdict = likeness === undefined ? undefined : known.get(likeness);
    if (verdict === undefined) {
      yield undefined;
      const decision = yield* decisionAlong(way, place);
      const refusal = decision.unreadableValues.length > 0 ? refusalOf([decision], "") : undefined;
      if (refusal !== undefined) return refusal;
      verdict = decision.verdict;
      if (likeness !== undefined) known.set(likeness, verdict);
    }
    if (improve(sets, place, verdict)) addBit(byRoles, place);
  }
  return { value: (place, verdict) => (hasBit(byRoles, place) ? accessAlong(way, place, verdict) : undefined) };
}

/** Moves somebody to the set of a verdict that is better than what one has. */
function improve(sets: VerdictSets, place: number, verdict: Verdict): boolean {
  const own = VERDICTS.find((each) => hasBit(sets[each].bits, place));
  if (own !== undefined && isAtLeast(own, verdict)) return false;
  if (own !== undefined) sets[own].putWord(place >>> 5, 1 << (place & 31), 0);
  sets[verdict].add(place);
  return true;
}
