import type { Snapshot } from "../../grants/snapshot.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Check } from "../../policy/check.js";
import type { Grant, PolicyLayer } from "../../policy/grant.js";
import { conditionText } from "./condition-text.js";
import type { Decision } from "./decision.js";
import { decidedBy, nearMisses, type TraceEntry, traceOf } from "./explain-access.js";

/** The answer as one plain sentence, made from the trace. */
export function sentenceOf(decision: Decision): string {
  const { question } = decision;
  const who = nameOf(decision);
  const { via } = decision;
  const way = via === undefined ? "" : ` by assuming ${via.join(", then ")}`;
  const what = `${question.actions.text} on ${question.resource.text}${way}`;
  switch (decision.verdict) {
    case "ALLOWED":
      return `${who} may do ${what}: ${settled(decision, "allows", "allow")} it.`;
    case "CONDITIONAL":
      return `${who} may do ${what} if ${conditionText(decision.ruling.solution)}: see ${shown(settlingPlaces(decision))}.`;
    case "EXPLICIT_DENY":
      return `${who} may not do ${what}: ${settled(decision, "denies", "deny")} it.`;
    case "IMPLICIT_DENY":
      return `${who} may not do ${what}: ${silence(decision)}.`;
    case "UNDETERMINED":
      return `Whether ${who} may do ${what} cannot be said: ${openMatter(decision)}.`;
  }
}

/** Who was asked about, as people call them. */
function nameOf({ asker }: Decision): string {
  const { principal, caller } = asker ?? {};
  return principal?.name ?? caller?.serviceName ?? caller?.name ?? caller?.accountId ?? "an unknown principal";
}

/** The statements that settled it, and the verb that goes with as many. */
function settled(decision: Decision, one: string, many: string): string {
  const places = settlingPlaces(decision);
  return `${shown(places)} ${places.length === 1 ? one : many}`;
}

/** Each statement once, whatever number of actions it settles. */
function settlingPlaces(decision: Decision): readonly string[] {
  return [...new Set(decidedBy(decision).map((entry) => placeOf(decision.snapshot, entry)))];
}

/** At most three statements by name; the trace has them all. */
function shown(places: readonly string[]): string {
  const first = places.slice(0, 3).join(", ");
  return places.length > 3 ? `${first} and ${places.length - 3} more` : first;
}

function placeOf(snapshot: Snapshot, { grant }: TraceEntry): string {
  return `${grant.statement.pointer || "the document"} of ${documentName(snapshot, grant)}`;
}

/** A policy by its name; documents that are no policies of their own by what they belong to. */
function documentName({ policies }: Snapshot, { policy, layer }: Grant): string {
  const name = policies.get(policy)?.policy.name ?? policy.slice(policy.lastIndexOf(":") + 1);
  if (layer === "ASSUME_ROLE_POLICY") return `the trust policy of ${name}`;
  if (layer === "SESSION_POLICY") return "the session policy";
  return layer === "RESOURCE_POLICY" ? `the policy of bucket ${name}` : name;
}

const SILENT: Partial<Readonly<Record<PolicyLayer, string>>> = {
  CONTROL_POLICY: "a level of the control policies does not allow it",
  SESSION_POLICY: "the session policy does not allow it",
  ASSUME_ROLE_POLICY: "the role's trust policy does not let the caller in",
  CROSS_ACCOUNT: "the resource belongs to another account, which identity policies do not reach",
};

function silence(decision: Decision): string {
  const [layer] = decision.blockedBy;
  const trace = traceOf(decision);
  const silent = isCancelledOut(decision, trace)
    ? "what allows it is denied wherever it holds"
    : "no statement allows it";
  const reason = (layer === undefined ? undefined : SILENT[layer]) ?? silent;
  const [closest] = nearMisses(decision, 1, trace);
  if (closest === undefined) return reason;
  const obstacle = closest.checks.find(({ outcome }) => outcome === "NOT_MATCHED");
  const hint = obstacle === undefined ? "" : `, ${obstacleText(obstacle)}`;
  return `${reason}; the closest is ${placeOf(decision.snapshot, closest)}${hint}`;
}

/** An Allow applies under conditions, and so does a Deny, which then must hold under all of them. */
function isCancelledOut(decision: Decision, trace: readonly TraceEntry[]): boolean {
  const open = trace.filter(({ outcome }) => outcome === "MATCHED_IF");
  const effects = new Set(open.map(({ grant }) => grant.statement.effect));
  return decision.question.actions.parts.length === 1 && effects.has("ALLOW") && effects.has("DENY");
}

function obstacleText({ element, reason, pattern, key, operator, value }: Check): string {
  if (element === "CONDITION") {
    const found = reason === "KEY_ABSENT" ? "the key is absent" : `the value is ${value ?? "unknown"}`;
    return `whose condition ${key} ${operator} ${pattern} fails because ${found}`;
  }
  if (element === "SCOPE") return `which reaches only resource group ${pattern}`;
  if (reason === "EXCLUDED_BY_NOT_ACTION" || reason === "EXCLUDED_BY_NOT_RESOURCE")
    return `which leaves out ${pattern}`;
  return `which names ${asciiLower(element).replace("_", " ")} ${pattern} instead`;
}

function openMatter(decision: Decision): string {
  const [first] = decision.warnings().filter(({ code }) => code !== "UNKNOWN_ACTION");
  return first?.message ?? "a fact that could matter is not known";
}
