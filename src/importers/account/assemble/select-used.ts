import type { AccountFacts } from "../../../inventory/batch.js";
import { hasDocument } from "../../../inventory/has-document.js";
import { type Key, policyKey } from "../../../inventory/keys.js";
import type { Policy } from "../../../inventory/policy.js";
import type { GapNote } from "../read-file.js";

/** Of the system policies those that are in use or whose document is there; the account's own ones all. */
export function selectUsed(policies: ReadonlyMap<Key, Policy>, attached: ReadonlySet<Key>): ReadonlyMap<Key, Policy> {
  return new Map(
    [...policies].filter(([key, policy]) => policy.type === "CUSTOM" || attached.has(key) || hasDocument(policy)),
  );
}

/** A control policy that hangs nowhere bounds nobody, so its document is not missed. */
export function findMissingDocuments(facts: Pick<AccountFacts, "policies" | "controlAttachments">): readonly GapNote[] {
  const hung = new Set(facts.controlAttachments.map(({ policy }) => policy));
  return facts.policies
    .filter((policy) => !hasDocument(policy))
    .filter(({ type, accountId, name }) => type !== "CONTROL" || hung.has(policyKey(type, accountId, name)))
    .map(({ name }) => ({
      reason: "POLICY_DOCUMENT_MISSING",
      subject: name,
      detail: `the document of policy \`${name}\` is not in the export`,
    }));
}
