import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from "typeorm";
import type { Policy, PolicyType } from "../../inventory/policy.js";
import { AccountEntity, PrincipalEntity } from "./account.entity.js";
import { IDENTIFIER, TrackedRow } from "./row.js";
import { ServiceEntity } from "./service.entity.js";
import { SourceEntity } from "./source.entity.js";

@Entity("policy")
@Index("policy_since_revision_index", ["sinceRevision"])
@Check("policy_type", "type IN ('SYSTEM', 'CUSTOM', 'SERVICE_LINKED', 'CONTROL')")
@Check("policy_name_length", "char_length(name) BETWEEN 1 AND 256")
@Check("policy_account", "(type IN ('CUSTOM', 'CONTROL')) = (account_id IS NOT NULL)")
@Index("policy_account_id_index", ["accountId"])
@Index("policy_service_index", ["service"])
@Index("policy_source_key_index", ["sourceKey"])
export class PolicyEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  id: string;

  @Column(IDENTIFIER)
  type: PolicyType;

  @Column({ ...IDENTIFIER, nullable: true })
  @ForeignKey(() => AccountEntity)
  accountId: string | null;

  @Column(IDENTIFIER)
  name: string;

  @Column({ type: "text", nullable: true })
  description: string | null;

  @Column({ type: "boolean" })
  isHighRisk: boolean;

  /** The product whose page lists the policy. */
  @Column({ ...IDENTIFIER, nullable: true })
  @ForeignKey(() => ServiceEntity)
  service: string | null;

  @Column(IDENTIFIER)
  @ForeignKey(() => SourceEntity)
  sourceKey: string;
}

@Entity("policy_version")
@Index("policy_version_since_revision_index", ["sinceRevision"])
@Check("policy_version_version_id_length", "char_length(version_id) BETWEEN 1 AND 64")
@Check("policy_version_document_length", "octet_length(document_text) <= 1048576")
@Check("policy_version_created_at", "created_at BETWEEN '0001-01-01Z' AND '9999-12-31Z'")
@Exclusion(
  "policy_version_one_default",
  "USING btree (policy_id WITH =) WHERE (is_default) DEFERRABLE INITIALLY DEFERRED",
)
export class PolicyVersionEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => PolicyEntity, { onDelete: "CASCADE" })
  policyId: string;

  @PrimaryColumn(IDENTIFIER)
  versionId: string;

  @Column({ type: "boolean" })
  isDefault: boolean;

  /** JSON text, byte for byte. */
  @Column({ type: "text", nullable: true })
  documentText: string | null;

  @Column({ type: "timestamptz", nullable: true })
  createdAt: string | null;
}

@Entity("attachment")
@Index("attachment_since_revision_index", ["sinceRevision"])
@Check("attachment_resource_group_id_length", "char_length(resource_group_id) <= 64")
@Check("attachment_attached_at", "attached_at BETWEEN '0001-01-01Z' AND '9999-12-31Z'")
@Index("attachment_principal_id_index", ["principalId"])
export class AttachmentEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => PolicyEntity)
  policyId: string;

  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => PrincipalEntity)
  principalId: string;

  /** Empty for account scope. */
  @PrimaryColumn(IDENTIFIER)
  resourceGroupId: string;

  @Column({ type: "timestamptz", nullable: true })
  attachedAt: string | null;
}

/**
 * What one source says of a policy that belongs to the cloud: several pages and accounts may state the same one, and
 * the policy that holds is chosen from all of them.
 */
@Entity("policy_claim")
@Index("policy_claim_policy_id_index", ["policyId"])
export class PolicyClaimEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => SourceEntity, { onDelete: "CASCADE" })
  sourceKey: string;

  @PrimaryColumn(IDENTIFIER)
  policyId: string;

  @Column({ type: "jsonb" })
  claim: Policy;
}
