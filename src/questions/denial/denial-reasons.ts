import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { type Key, policyKey } from "../../inventory/keys.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Finding } from "../../policy/finding.js";
import type { Decision } from "../access/decision.js";
import type { Agreement, Denial, MatchedPolicy } from "./denial.js";

/** Why the cloud's answer and ours may differ. */
export interface DenialReason {
  readonly finding: Finding;
  /** Key of the policy that it is about. */
  readonly subject?: Key;
}

/** Everything that may explain a difference, what is surest first. */
export function reasonsOf(
  snapshot: Snapshot,
  denial: Denial,
  principal: CompiledPrincipal | undefined,
  decision: Decision,
  agreement: Agreement,
): readonly DenialReason[] {
  const matched = denial.matched.flatMap((each) => reasonOf(snapshot, each, denial, principal));
  const general = [
    ...unseenLayer(snapshot, denial, decision, agreement),
    ...missingContext(decision),
    ...decision.warnings(),
    ...changedSince(snapshot, agreement),
  ];
  return [...matched, ...general.map((finding) => ({ finding }))];
}

function warning(code: string, message: string): Finding {
  return { code, severity: "WARNING", message };
}

function reasonOf(
  snapshot: Snapshot,
  matched: MatchedPolicy,
  denial: Denial,
  principal: CompiledPrincipal | undefined,
): readonly DenialReason[] {
  const { identifier, version, attachedTo } = matched;
  // Exports name control policies by name, the message by id.
  if (attachedTo === "ResourceDirectoryTarget" || principal === undefined) return [];
  const known = findMatched(snapshot, matched, denial.principal.accountId);
  if (known === undefined) {
    const message = `policy \`${identifier}\`, which the cloud names, is not known at this revision`;
    return [{ finding: warning("MATCHED_POLICY_NOT_KNOWN", message) }];
  }
  const subject = known.key;
  const own = known.defaultVersion?.versionId;
  const isAttached = reachesOf(snapshot, principal.key).some(({ policy }) => policy === subject);
  const notAttached = `policy \`${identifier}\`, which the cloud names, does not reach \`${principal.name}\` at this revision`;
  const otherVersion = `the cloud weighed version \`${version ?? ""}\` of policy \`${identifier}\`, known is \`${own ?? "none"}\``;
  return [
    ...(isAttached ? [] : [{ finding: warning("MATCHED_POLICY_NOT_ATTACHED", notAttached), subject }]),
    ...(version === undefined || version === own
      ? []
      : [{ finding: warning("MATCHED_VERSION_DIFFERS", otherVersion), subject }]),
  ];
}

function findMatched({ policies }: Snapshot, matched: MatchedPolicy, accountId: string): CompiledPolicy | undefined {
  const isSystem = asciiLower(matched.type) === "system";
  return policies.get(
    isSystem ? policyKey("SYSTEM", undefined, matched.identifier) : policyKey("CUSTOM", accountId, matched.identifier),
  );
}

/** The cloud said no by policies of a kind that we hold none of for this request. */
function unseenLayer(
  { inventory }: Snapshot,
  { layer, principal }: Denial,
  { judged, asker }: Decision,
  agreement: Agreement,
): readonly Finding[] {
  const isSeen = judged.judgement.layers.some((each) => each.layer === layer);
  if (agreement === "AGREES" || isSeen || asker === undefined) return [];
  if (layer === "SESSION_POLICY") {
    return [warning("SESSION_POLICY_NOT_GIVEN", "the session was narrowed by a policy; give it as `sessionPolicy`")];
  }
  const gap = inventory.gaps.find(
    ({ reason, accountId }) =>
      (accountId === undefined || accountId === principal.accountId) &&
      (layer === "CONTROL_POLICY"
        ? reason === "CONTROL_POLICIES_NOT_IMPORTED"
        : layer === "RESOURCE_GROUP_LEVEL_IDENTITY_POLICY" && reason === "RESOURCE_GROUP_UNKNOWN"),
  );
  return gap === undefined ? [] : [warning("LAYER_NOT_SEEN", gap.detail)];
}

/** The keys that would settle our answer, which the message does not give. */
function missingContext({ ruling, verdict }: Decision): readonly Finding[] {
  const keys = ruling.solution.missingKeys;
  if (verdict !== "CONDITIONAL" || keys.length === 0) return [];
  const names = keys.map((key) => `\`${key}\``).join(", ");
  return [warning("CONTEXT_NOT_TOLD", `our answer hangs on ${names}, which the message does not give`)];
}

function changedSince({ revision, committedAt }: Snapshot, agreement: Agreement): readonly Finding[] {
  if (agreement !== "DIFFERS") return [];
  const message = `our facts are of revision ${revision}, committed ${committedAt}; what was changed since, or before the denial, is not seen: ask \`at\` the time of the denial, or import anew`;
  return [warning("FACTS_OF_ANOTHER_TIME", message)];
}
