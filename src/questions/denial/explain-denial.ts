import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { type AccessQuestion, refuse, type Taken } from "../access/access-question.js";
import type { Decision } from "../access/decision.js";
import { takeQuestion } from "../access/take-question.js";
import { withSession } from "../access/take-session.js";
import { can } from "../can/can.js";
import { compareLayers, type LayerComparison, saysNo } from "./compare-layers.js";
import type { Agreement, Denial } from "./denial.js";
import { type DenialReason, reasonsOf } from "./denial-reasons.js";
import { findDenied } from "./find-denied.js";

export interface ExplainedDenial {
  readonly denial: Denial;
  /** Our own answer to the same request. */
  readonly decision: Decision;
  readonly agreement: Agreement;
  readonly layers: readonly LayerComparison[];
  /** Why the two may differ; empty where they agree and nothing is open. */
  readonly reasons: readonly DenialReason[];
}

/**
 * Asks ourselves what the cloud was asked, and holds the two answers side by side.
 *
 * @param sessionPolicy text of the policy that the role's session was narrowed with, where there was one
 * @param place the argument that holds the message, for refusals
 */
export function explainDenial(
  snapshot: Snapshot,
  denial: Denial,
  sessionPolicy: string | undefined,
  place: string,
): Taken<ExplainedDenial> {
  const principal = findDenied(snapshot, denial.principal);
  const question = questionOf(snapshot, denial, principal, sessionPolicy, place);
  if ("refusal" in question) return question;
  const asked = principal ?? { unknown: `${denial.principal.displayName} of ${denial.principal.accountId}` };
  const answer = can(snapshot, asked, question.value, place);
  if ("refusal" in answer) return answer;
  const decision = answer.value;
  const layers = compareLayers(denial, decision);
  const agreement = agreementOf(denial, decision);
  const reasons = reasonsOf(snapshot, denial, principal, decision, agreement);
  return { value: { denial, decision, agreement, layers, reasons } };
}

/** The message need not name every key of the request, so keys that it does not name stay open. */
function questionOf(
  snapshot: Snapshot,
  { action, resource, conditions }: Denial,
  principal: CompiledPrincipal | undefined,
  sessionPolicy: string | undefined,
  place: string,
): Taken<AccessQuestion> {
  const entries = conditions.filter(({ key }) => key !== "");
  const input = {
    actions: { name: action },
    resource: resource === "*" ? { unscoped: true } : { arn: resource },
    context: { mode: "OPEN" as const, entries },
  };
  const taken = takeQuestion(snapshot, input, place);
  // The message is one argument: a path within the question would name nothing that the asker wrote.
  if ("refusal" in taken) return refuse(place, taken.refusal.message);
  if (sessionPolicy === undefined) return taken;
  return withSession(taken.value, sessionPolicy, principal, place);
}

function agreementOf(denial: Denial, { verdict, ruling }: Decision): Agreement {
  if (verdict === "CONDITIONAL" || verdict === "UNDETERMINED") return "OPEN";
  if (verdict === "ALLOWED" || (verdict === "EXPLICIT_DENY") !== denial.isExplicit) return "DIFFERS";
  return denial.layer === undefined || saysNo(denial, ruling.blockedBy) ? "AGREES" : "DIFFERS";
}
