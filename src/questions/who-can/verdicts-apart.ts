import { membersOf } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import type { AccessQuestion, Taken } from "../access/access-question.js";
import { asksForDenials, NOT_A_PLAIN_NO } from "../access/verdict-rank.js";
import { decideInto } from "./direct-access.js";
import { JoinedVerdicts } from "./joined-verdicts.js";
import { type NamedRequest, namedRequests } from "./named-requests.js";
import type { VerdictSets } from "./settle-words.js";
import { verdictByRequests } from "./verdict-by-requests.js";
import { type Asked, verdictsByPolicies } from "./verdicts-by-policies.js";

/**
 * Who may do several things: each by itself is answered policy by policy, and the verdicts are joined. Only those are decided of whom more
 * than one thing hangs on conditions or on what is unknown, as these may exclude or complete each other. Yields as that does.
 *
 * @returns undefined for a question that is not about named resources, or of which a part is not answered by policies one by one; and
 *   where denials are asked for, as an explicit one may come of several conditions together
 */
export function* verdictsApart(
  snapshot: Snapshot,
  question: AccessQuestion,
  asked: Asked,
  isAsked: (accountId: string) => boolean,
): Steps<Taken<VerdictSets> | undefined> {
  const actions = asksForDenials(asked.verdicts) ? undefined : yield* namedRequests(snapshot, question);
  if (actions === undefined) return undefined;
  const scope = { ...asked, verdicts: NOT_A_PLAIN_NO };
  const { mode } = question.actions;
  let joined: JoinedVerdicts | undefined;
  for (const requests of actions) {
    const own = yield* verdictsOnAll(snapshot, requests, scope, isAsked);
    if (own === undefined) return undefined;
    if (joined === undefined) joined = own;
    else if (mode === "ALL") joined.joinAll(own);
    else joined.joinAny(own);
  }
  if (joined === undefined) return undefined;
  const sets = joined.sets(asked.verdicts);
  const left = membersOf([joined.left]).flatMap((place): CompiledPrincipal | [] => snapshot.principals[place] ?? []);
  if (left.length === 0) return { value: sets };
  return yield* decideInto(sets, snapshot, question, left, (principal, relevant) =>
    verdictByRequests(snapshot, principal, mode, actions, relevant),
  );
}

/** Who may do an action to every one of some resources. */
function* verdictsOnAll(
  snapshot: Snapshot,
  requests: readonly NamedRequest[],
  asked: Asked,
  isAsked: (accountId: string) => boolean,
): Steps<JoinedVerdicts | undefined> {
  let joined: JoinedVerdicts | undefined;
  for (const { question, plain } of requests) {
    yield undefined;
    const sets = yield* verdictsByPolicies(snapshot, question, plain, asked, isAsked);
    if (sets === undefined) return undefined;
    const own = new JoinedVerdicts(sets);
    if (joined === undefined) joined = own;
    else joined.joinAll(own);
  }
  return joined;
}
