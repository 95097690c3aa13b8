import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { finish, type Steps } from "../../grants/steps.js";
import type { Finding } from "../../policy/finding.js";
import type { AccessQuestion, Taken } from "../access/access-question.js";
import { coverageWarnings } from "../access/coverage.js";
import { type Decision, decidedAs, decideInSteps, decideUnknownPrincipal } from "../access/decision.js";
import { type Asked, ask, verdictFor } from "../access/quick-verdict.js";
import { refusalOf } from "../access/unreadable-value.js";

/** Who is asked about: a principal, or the id or ARN that names nobody known. */
export type AskedPrincipal = CompiledPrincipal | { readonly unknown: string };

/**
 * May this principal do this, to this, under these circumstances?
 * @param place path of the argument that holds the request, for refusals
 */
export function can(
  snapshot: Snapshot,
  principal: AskedPrincipal,
  question: AccessQuestion,
  place: string,
): Taken<Decision> {
  return canAs(ask(snapshot, question), principal, place);
}

/** The same for a question that is asked of several. */
export function canAs(asked: Asked, principal: AskedPrincipal, place: string): Taken<Decision> {
  if ("unknown" in principal) return unknownAnswer(asked, principal);
  return quickAnswer(asked, principal) ?? finish(judgedAnswer(asked, principal, place));
}

/** The same. Yields now and then where it is about a set, or about many things at once. */
export function* canInSteps(asked: Asked, principal: AskedPrincipal, place: string): Steps<Taken<Decision>> {
  if ("unknown" in principal) return unknownAnswer(asked, principal);
  return quickAnswer(asked, principal) ?? (yield* judgedAnswer(asked, principal, place));
}

function unknownAnswer({ snapshot, question }: Asked, { unknown }: { readonly unknown: string }): Taken<Decision> {
  return { value: decideUnknownPrincipal(snapshot, question, unknown) };
}

/** Undefined where only the judge can tell. */
function quickAnswer(asked: Asked, principal: CompiledPrincipal): Taken<Decision> | undefined {
  const verdict = verdictFor(asked, principal);
  return verdict && { value: decidedAs(asked.snapshot, principal, asked.question, verdict, unseenWarnings) };
}

function* judgedAnswer(
  { snapshot, question }: Asked,
  principal: CompiledPrincipal,
  place: string,
): Steps<Taken<Decision>> {
  const decision = yield* decideInSteps(snapshot, principal, question, undefined, unseenWarnings);
  if (decision.unreadableValues.length === 0) return { value: decision };
  return refusalOf([decision], place) ?? { value: decision };
}

function unseenWarnings(principal: CompiledPrincipal, { snapshot, question, verdict }: Decision): readonly Finding[] {
  return coverageWarnings(snapshot, principal, question, verdict);
}
