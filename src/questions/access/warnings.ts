import { MISSING_DOCUMENT } from "../../grants/compiled-policy.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Ruling } from "../../policy/decide.js";
import type { UnreadablePart } from "../../policy/document.js";
import type { Finding } from "../../policy/finding.js";
import type { Grant, PolicyLayer } from "../../policy/grant.js";
import { isResourceGroup } from "../../policy/is-resource-group.js";
import { FALSE } from "../../policy/logic/formula.js";
import { MAX_ALTERNATIVES } from "../../policy/logic/solve.js";
import { MAX_ATOMS } from "../../policy/logic/truth-table.js";
import { matchStatement, reachesScope } from "../../policy/match-statement.js";
import type { AccessQuestion } from "./access-question.js";
import { callerWarnings } from "./caller-warnings.js";
import { grantsIn } from "./grants-in.js";
import type { JudgedAccess, JudgedPoint } from "./judge-access.js";
import { UNKNOWN_ROLE } from "./layers-for.js";
import { supposedWarnings } from "./supposed-warnings.js";

/** Everything that a reader of the answer must know: what was not understood, not known or too large to be exact. */
export function warningsOf(
  snapshot: Snapshot,
  question: AccessQuestion,
  judged: JudgedAccess,
  ruling: Ruling,
): readonly Finding[] {
  const points = judged.actions.flatMap((action) => action.points);
  return [
    ...question.remarks,
    ...supposedWarnings(snapshot, points),
    ...unreadableGrants(snapshot, points),
    ...scopeWarnings(snapshot, points),
    ...membershipWarnings(points),
    ...groupDenyWarnings(points),
    ...callerWarnings(snapshot, points, ruling.verdict),
    ...budgetWarnings(judged, ruling),
  ];
}

/** Statements that may apply and could not be read in full, each named once. */
function unreadableGrants(snapshot: Snapshot, points: readonly JudgedPoint[]): readonly Finding[] {
  const warnings = new Map<string, Finding>();
  for (const { request, layers } of points) {
    for (const grant of grantsIn(layers)) {
      const { unreadable, applies } = matchStatement(grant, request);
      if (unreadable.length === 0 || applies.kind === "CONSTANT") continue;
      const warning = unreadableWarning(snapshot, grant, unreadable);
      warnings.set(warning.message, warning);
    }
  }
  return [...warnings.values()];
}

/** An attachment matters of which nobody can say how far it reaches, each named once. */
function scopeWarnings({ policies }: Snapshot, points: readonly JudgedPoint[]): readonly Finding[] {
  const warnings = new Map<string, Finding>();
  for (const { request, layers } of points) {
    for (const grant of grantsIn(layers)) {
      const { policy, resourceGroupId: scope } = grant;
      if (scope === undefined || isResourceGroup(scope)) continue;
      if (matchStatement(grant, request).applies.kind === "CONSTANT") continue;
      const name = policies.get(policy)?.policy.name ?? policy;
      const message = `policy \`${name}\` is attached in a way that is not understood (\`${scope}\`), so whether and how far it reaches is open`;
      warnings.set(message, { code: "SCOPE_UNKNOWN", severity: "WARNING", message });
    }
  }
  return [...warnings.values()];
}

/** A grant within a resource group matters, and whether the resource is in the group is not known. */
function membershipWarnings(points: readonly JudgedPoint[]): readonly Finding[] {
  const open = points.find(({ request, layers }) =>
    grantsIn(layers).some(
      (grant) =>
        isResourceGroup(grant.resourceGroupId ?? "") &&
        reachesScope(grant, request) === undefined &&
        matchStatement(grant, request).applies.kind !== "CONSTANT",
    ),
  );
  if (open === undefined) return [];
  const message = `which resource group \`${open.request.resource.text}\` is in is not known, and a policy reaches only one group`;
  return [{ code: "RESOURCE_GROUP_UNKNOWN", severity: "WARNING", message }];
}

/**
 * RAM's documentation has two readings of a Deny within a resource group against an Allow for the whole account: the newer
 * text lets the Deny win, the older asks for it only where the account scope is silent.
 */
function groupDenyWarnings(points: readonly JudgedPoint[]): readonly Finding[] {
  const applies = ({ request, layers }: JudgedPoint, effect: "ALLOW" | "DENY", isScoped: boolean) =>
    grantsIn(layers).some(
      (grant) =>
        IDENTITY_LAYERS.has(grant.layer) &&
        (grant.resourceGroupId !== undefined) === isScoped &&
        grant.statement.effect === effect &&
        matchStatement(grant, request).applies !== FALSE,
    );
  if (!points.some((point) => applies(point, "DENY", true) && applies(point, "ALLOW", false))) return [];
  const message =
    "a Deny within a resource group meets an Allow for the whole account; the Deny is taken to win, while an older text lets the account's Allow win";
  return [{ code: "RG_DENY_VS_ACCOUNT_ALLOW", severity: "WARNING", message }];
}

const IDENTITY_LAYERS: ReadonlySet<PolicyLayer> = new Set([
  "ACCOUNT_LEVEL_IDENTITY_POLICY",
  "RESOURCE_GROUP_LEVEL_IDENTITY_POLICY",
]);

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
  if (unreadable.some(({ code }) => code === UNKNOWN_ROLE || code === "TRUST_POLICY_MISSING")) {
    const message = `the trust policy of ${policy.replace(/^role:/, "role ")} is not known, so whom it lets in is open`;
    return { code: "TRUST_POLICY_MISSING", severity: "WARNING", message };
  }
  const unseen = unreadable.find(({ code }) => code === "CONTROL_POLICIES_UNKNOWN");
  if (unseen !== undefined) {
    const message = `the control policies at \`${unseen.text}\` are not known, so what they let pass is open`;
    return { code: "CONTROL_POLICIES_UNKNOWN", severity: "WARNING", message };
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
