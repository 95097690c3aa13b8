import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Finding } from "../../policy/finding.js";
import type { AccessQuestion, Taken } from "../access/access-question.js";
import { coverageWarnings } from "../access/coverage.js";
import { type Decision, decideAccess, decidedAs, decideUnknownPrincipal } from "../access/decision.js";
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
  const { snapshot, question } = asked;
  if ("unknown" in principal) return { value: decideUnknownPrincipal(snapshot, question, principal.unknown) };
  const quick = verdictFor(asked, principal);
  if (quick !== undefined) return { value: decidedAs(snapshot, principal, question, quick, unseenWarnings) };
  const decision = decideAccess(snapshot, principal, question, undefined, unseenWarnings);
  if (decision.unreadableValues.length === 0) return { value: decision };
  return refusalOf([decision], place) ?? { value: decision };
}

function unseenWarnings(principal: CompiledPrincipal, { snapshot, question, verdict }: Decision): readonly Finding[] {
  return coverageWarnings(snapshot, principal, question, verdict);
}
