import { MISSING_DOCUMENT } from "../../grants/compiled-policy.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Ruling } from "../../policy/decide.js";
import type { UnreadablePart } from "../../policy/document.js";
import type { Finding } from "../../policy/finding.js";
import type { Grant } from "../../policy/grant.js";
import { MAX_ALTERNATIVES } from "../../policy/logic/solve.js";
import { MAX_ATOMS } from "../../policy/logic/truth-table.js";
import { matchStatement } from "../../policy/match-statement.js";
import type { AccessQuestion } from "./access-question.js";
import { assumesRole } from "./assume-role.js";
import type { JudgedAccess } from "./judge-access.js";

/** Everything that a reader of the answer must know: what was not understood, not known or too large to be exact. */
export function warningsOf(
  snapshot: Snapshot,
  question: AccessQuestion,
  judged: JudgedAccess,
  ruling: Ruling,
  grants: readonly Grant[],
): readonly Finding[] {
  return [
    ...question.remarks,
    ...unreadableGrants(snapshot, judged, grants),
    ...budgetWarnings(judged, ruling),
    ...trustWarning(question),
  ];
}

/** Statements that may apply and could not be read in full, each named once. */
function unreadableGrants(snapshot: Snapshot, judged: JudgedAccess, grants: readonly Grant[]): readonly Finding[] {
  const requests = judged.actions.flatMap(({ points }) => points.map(({ request }) => request));
  return grants.flatMap((grant) => {
    const matches = requests.map((request) => matchStatement(grant, request));
    const open = matches.find(({ unreadable, applies }) => unreadable.length > 0 && applies.kind !== "CONSTANT");
    return open === undefined ? [] : [unreadableWarning(snapshot, grant, open.unreadable)];
  });
}

function unreadableWarning(
  { policies }: Snapshot,
  { policy, statement: { pointer } }: Grant,
  unreadable: readonly UnreadablePart[],
): Finding {
  const name = policies.get(policy)?.policy.name ?? policy;
  if (unreadable.some(({ code }) => code === MISSING_DOCUMENT)) {
    const message = `the document of policy \`${name}\` is not known, so what it grants or denies is open`;
    return { code: MISSING_DOCUMENT, severity: "WARNING", message };
  }
  const what = unreadable.map(({ text, code }) => (text === "" ? code : `\`${text}\` (${code})`)).join(", ");
  const place = pointer === "" ? "" : ` at ${pointer}`;
  return {
    code: "POLICY_UNREADABLE",
    severity: "WARNING",
    message: `a statement of policy \`${name}\`${place} may apply and cannot be read: ${what}`,
    pointer,
  };
}

function budgetWarnings({ actions }: JudgedAccess, { solution }: Ruling): readonly Finding[] {
  const warnings: Finding[] = [];
  if (actions.some(({ isExact }) => !isExact)) {
    const message = "the resource patterns are too many to be told apart, so the answer is on the safe side";
    warnings.push({ code: "PATTERN_BUDGET_EXCEEDED", severity: "WARNING", message });
  }
  if (!solution.isExact) {
    const message = `more than ${MAX_ATOMS} different condition tests matter, so the answer is on the safe side`;
    warnings.push({ code: "CONDITION_BUDGET_EXCEEDED", severity: "WARNING", message });
  } else if (solution.isTruncated) {
    const message = `the condition has more than ${MAX_ALTERNATIVES} alternatives, the rest is left out`;
    warnings.push({ code: "CONDITION_TRUNCATED", severity: "WARNING", message });
  }
  return warnings;
}

function trustWarning({ actions }: AccessQuestion): readonly Finding[] {
  if (!actions.parts.some(({ name }) => assumesRole(name))) return [];
  const message = "assuming a role also needs the role's trust policy, which is not weighed here";
  return [{ code: "TRUST_NOT_WEIGHED", severity: "WARNING", message }];
}
