import type { Snapshot } from "../../grants/snapshot.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Check } from "../../policy/explain-statement.js";
import { conditionText } from "./condition-text.js";
import type { Decision } from "./decision.js";
import { decidedBy, nearMisses, type TraceEntry } from "./explain-access.js";

/** The answer as one plain sentence, made from the trace. */
export function sentenceOf(decision: Decision): string {
  const { principal, question } = decision;
  const who = principal?.name ?? "an unknown principal";
  const what = `${question.actions.text} on ${question.resource.text}`;
  switch (decision.verdict) {
    case "ALLOWED":
      return `${who} may do ${what}: ${places(decision)} ${plural(decision, "allows", "allow")} it.`;
    case "CONDITIONAL":
      return `${who} may do ${what} if ${conditionText(decision.ruling.solution)}: see ${places(decision)}.`;
    case "EXPLICIT_DENY":
      return `${who} may not do ${what}: ${places(decision)} ${plural(decision, "denies", "deny")} it.`;
    case "IMPLICIT_DENY":
      return `${who} may not do ${what}: ${silence(decision)}.`;
    case "UNDETERMINED":
      return `Whether ${who} may do ${what} cannot be said: ${openMatter(decision)}.`;
  }
}

/** At most three statements by name; the trace has them all. */
function places(decision: Decision): string {
  const named = [...new Set(decidedBy(decision).map((entry) => placeOf(decision.snapshot, entry)))];
  const shown = named.slice(0, 3).join(", ");
  return named.length > 3 ? `${shown} and ${named.length - 3} more` : shown;
}

function plural(decision: Decision, one: string, many: string): string {
  return decidedBy(decision).length === 1 ? one : many;
}

function placeOf({ policies }: Snapshot, { grant }: TraceEntry): string {
  const name = policies.get(grant.policy)?.policy.name ?? grant.policy;
  return `${grant.statement.pointer || "the document"} of ${name}`;
}

function silence(decision: Decision): string {
  if (decision.ruling.blockedBy.includes("CROSS_ACCOUNT")) {
    return "the resource belongs to another account, which identity policies do not reach";
  }
  const [closest] = nearMisses(decision, 1);
  if (closest === undefined) return "no statement allows it";
  const obstacle = closest.checks.find(({ outcome }) => outcome === "NOT_MATCHED");
  const hint = obstacle === undefined ? "" : `, ${obstacleText(obstacle)}`;
  return `no statement allows it; the closest is ${placeOf(decision.snapshot, closest)}${hint}`;
}

function obstacleText({ element, reason, pattern, key, operator, value }: Check): string {
  if (element === "CONDITION") {
    const found = reason === "KEY_ABSENT" ? "the key is absent" : `the value is ${value ?? "unknown"}`;
    return `whose condition ${key} ${operator} ${pattern} fails because ${found}`;
  }
  if (element === "SCOPE") return `which reaches only resource group ${pattern}`;
  if (reason === "EXCLUDED_BY_NOT_ACTION") return `which leaves out ${pattern}`;
  return `which names ${asciiLower(element).replace("_", " ")} ${pattern} instead`;
}

function openMatter(decision: Decision): string {
  const [first] = decision.warnings().filter(({ code }) => code !== "UNKNOWN_ACTION");
  return first?.message ?? "a fact that could matter is not known";
}
