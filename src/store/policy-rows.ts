import type { Attachment } from "../inventory/attachment.js";
import { keyOfPolicy } from "../inventory/key-of-policy.js";
import type { Policy } from "../inventory/policy.js";
import type { AttachmentEntity, PolicyEntity, PolicyVersionEntity } from "./entities/policy.entity.js";
import type { Row } from "./entities/row.js";

/** @param sourceKey the source of policies that do not name theirs. */
export function policyRows(policies: readonly Policy[], sourceKey: string): readonly Row<PolicyEntity>[] {
  return policies.map((policy) => ({
    id: keyOfPolicy(policy),
    type: policy.type,
    accountId: policy.accountId ?? null,
    name: policy.name,
    description: policy.description ?? null,
    isHighRisk: policy.isHighRisk,
    service: policy.service ?? null,
    sourceKey: policy.sourceKey ?? sourceKey,
  }));
}

export function versionRows(policies: readonly Policy[]): readonly Row<PolicyVersionEntity>[] {
  return policies.flatMap((policy) =>
    policy.versions.map((version) => ({
      policyId: keyOfPolicy(policy),
      versionId: version.versionId,
      isDefault: version.isDefault,
      documentText: version.documentText ?? null,
      createdAt: version.createdAt ?? null,
    })),
  );
}

/** One row after the other: there may be a million. */
export function* attachmentRows(attachments: readonly Attachment[]): Generator<Row<AttachmentEntity>> {
  for (const attachment of attachments) {
    yield {
      policyId: attachment.policy,
      principalId: attachment.principal,
      resourceGroupId: attachment.resourceGroupId ?? "",
      attachedAt: attachment.attachedAt ?? null,
    };
  }
}
