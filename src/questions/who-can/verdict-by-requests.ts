import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { combineAll, combineAny, type Judgement, rule, settleJudgement, type Verdict } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";
import { FALSE, TRUE } from "../../policy/logic/formula.js";
import type { ActionChoice } from "../access/access-question.js";
import { type Asker, askerOf } from "../access/asker.js";
import { judgeInSteps } from "../access/judge-access.js";
import { verdictFor } from "../access/quick-verdict.js";
import type { NamedRequest } from "./named-requests.js";

/**
 * The verdict on somebody who asks for several things, most of which are settled at a glance: only the others are judged, and what they
 * hang on is joined. In the judge's answer to the whole, what is settled counts for no more than that, so both are the same.
 *
 * @param actions what is asked for, action by action
 * @param relevant statements that reach the principal, at least those that say something about these actions
 * @returns undefined where a value of the question cannot be read, and for denials
 */
export function* verdictByRequests(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  mode: ActionChoice["mode"],
  actions: readonly (readonly NamedRequest[])[],
  relevant: () => readonly Grant[],
): Steps<Verdict | undefined> {
  const asker = askerOf(snapshot, principal, relevant);
  const judgements: Judgement[] = [];
  for (const requests of actions) judgements.push(yield* judgeTogether(snapshot, asker, principal, requests));
  if (judgements.some(({ unreadableValues }) => unreadableValues.length > 0)) return undefined;
  const { verdict } = rule(mode === "ALL" ? combineAll(judgements) : combineAny(judgements));
  return isDenial(verdict) ? undefined : verdict;
}

/** Several requests that must all succeed. */
function* judgeTogether(
  snapshot: Snapshot,
  asker: Asker,
  principal: CompiledPrincipal,
  requests: readonly NamedRequest[],
): Steps<Judgement> {
  const verdicts = requests.map(({ asked }) => verdictFor(asked, principal));
  if (verdicts.some(isDenial)) return DENIED;
  const open: Judgement[] = [];
  for (const [at, { question }] of requests.entries()) {
    const verdict = verdicts[at];
    if (verdict === "ALLOWED") continue;
    yield undefined;
    const { judgement } = yield* judgeInSteps(snapshot, asker, question);
    open.push(verdict === undefined ? settleJudgement(judgement) : judgement);
  }
  if (open.length === 0) return ALLOWED;
  return open.length === 1 ? combineAll(open) : settleJudgement(combineAll(open));
}

const isDenial = (verdict: Verdict | undefined) => verdict === "IMPLICIT_DENY" || verdict === "EXPLICIT_DENY";

const NOTHING_ELSE = { denied: FALSE, layers: [], unreadableValues: [] };
const DENIED: Judgement = { allowed: FALSE, ...NOTHING_ELSE };
const ALLOWED: Judgement = { allowed: TRUE, ...NOTHING_ELSE };
