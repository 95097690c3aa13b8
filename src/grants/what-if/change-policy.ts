import { keyOfPolicy } from "../../inventory/key-of-policy.js";
import { policyKey, roleKey } from "../../inventory/keys.js";
import type { Policy, PolicyVersion } from "../../inventory/policy.js";
import type { Gap } from "../../inventory/source.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Snapshot } from "../snapshot.js";
import { accountProblem } from "./account-problem.js";
import { type Effect, type PolicyDraft, quote, type Reference, refuse } from "./change.js";
import { SUPPOSED_SOURCE } from "./supposed-source.js";

/**
 * Makes a custom policy, or gives the one of that name a new default version.
 *
 * Source: RAM, CreatePolicy and CreatePolicyVersion with SetAsDefault.
 */
export function putPolicy(snapshot: Snapshot, { name, accountId, document }: PolicyDraft): Effect {
  const problem = accountProblem(snapshot, accountId);
  if (problem !== undefined) return refuse("accountId", problem);
  const known = snapshot.policies.get(policyKey("CUSTOM", accountId, name))?.policy;
  if (known === undefined && !/^[a-z0-9-]{1,128}$/i.test(name)) {
    return refuse("name", `${quote(name)} cannot name a policy; take 1 to 128 letters, digits and hyphens`);
  }
  const policy: Policy = {
    ...(known ?? { type: "CUSTOM", accountId, name, isHighRisk: false }),
    versions: withVersion(known?.versions ?? [], document),
    sourceKey: SUPPOSED_SOURCE,
  };
  const gaps = gapsLeft(snapshot, policy);
  const findingsGone = [keyOfPolicy(policy)];
  return { change: { policies: { put: [policy] }, findingsGone, ...(gaps === undefined ? {} : { gaps }) } };
}

/** Takes a custom or control policy away, and all of its attachments with it. */
export function deletePolicy(snapshot: Snapshot, { key, text }: Reference): Effect {
  const policy = snapshot.policies.get(key ?? "")?.policy;
  if (policy === undefined || key === undefined) {
    return refuse("", `there is no policy ${quote(text)}; give the ARN or id of one`);
  }
  if (policy.accountId === undefined) {
    return refuse("", `${quote(policy.name)} belongs to the cloud and cannot be deleted; detach it instead`);
  }
  const { controlAttachments } = snapshot.inventory;
  return {
    change: {
      policies: { gone: [policy] },
      attachments: { gone: snapshot.attachmentsOfPolicy.get(key) ?? [] },
      findingsGone: [key],
      ...(policy.type === "CONTROL"
        ? { controlAttachments: controlAttachments.filter((attachment) => attachment.policy !== key) }
        : {}),
    },
  };
}

function withVersion(versions: readonly PolicyVersion[], documentText: string): readonly PolicyVersion[] {
  const numbers = versions.map(({ versionId }) => Number(/^v([0-9]{1,9})$/.exec(versionId)?.[1] ?? 0));
  const added = { versionId: `v${Math.max(0, ...numbers) + 1}`, isDefault: true, documentText };
  return [...versions.map((version) => ({ ...version, isDefault: false })), added];
}

/** The gaps without the one that the document closes; undefined where it closes none. */
function gapsLeft(
  { inventory, policies, roles }: Snapshot,
  { name, accountId = "" }: Policy,
): readonly Gap[] | undefined {
  const namesakes = [
    policyKey("SYSTEM", undefined, name),
    policyKey("SERVICE_LINKED", undefined, name),
    policyKey("CONTROL", accountId, name),
  ];
  if (namesakes.some((key) => policies.has(key)) || roles.has(roleKey(accountId, name))) return undefined;
  const isClosed = (gap: Gap) =>
    (gap.reason === "POLICY_DOCUMENT_MISSING" || gap.reason === "POLICY_UNREADABLE") &&
    gap.accountId === accountId &&
    asciiLower(gap.subject) === asciiLower(name);
  return inventory.gaps.some(isClosed) ? inventory.gaps.filter((gap) => !isClosed(gap)) : undefined;
}
