import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import type { ResourcePolicy } from "../../inventory/resource.js";
import { AccountEntity } from "./account.entity.js";
import { IDENTIFIER, TrackedRow } from "./row.js";

abstract class OwnedRow extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => AccountEntity)
  accountId: string;
}

@Entity("resource_group")
@Check("resource_group_id_length", "char_length(id) BETWEEN 1 AND 64")
@Check("resource_group_name_length", "char_length(name) BETWEEN 1 AND 256")
export class ResourceGroupEntity extends OwnedRow {
  @PrimaryColumn(IDENTIFIER)
  id: string;

  @Column(IDENTIFIER)
  name: string;
}

/** Lengths keep each key within what an index of Postgres can hold. */
@Entity("grouped_resource")
@Index("grouped_resource_since_revision_index", ["sinceRevision"])
@Check("grouped_resource_service_length", "char_length(service) BETWEEN 1 AND 64")
@Check("grouped_resource_resource_type_length", "char_length(resource_type) BETWEEN 1 AND 128")
@Check("grouped_resource_region_id_length", "char_length(region_id) <= 64")
@Check("grouped_resource_resource_id_length", "char_length(resource_id) BETWEEN 1 AND 256")
@Check("grouped_resource_resource_group_id_length", "char_length(resource_group_id) BETWEEN 1 AND 64")
export class GroupedResourceEntity extends OwnedRow {
  @PrimaryColumn(IDENTIFIER)
  service: string;

  @PrimaryColumn(IDENTIFIER)
  resourceType: string;

  /** Empty for global resources. */
  @PrimaryColumn(IDENTIFIER)
  regionId: string;

  @PrimaryColumn(IDENTIFIER)
  resourceId: string;

  @Column(IDENTIFIER)
  resourceGroupId: string;
}

/** The same for all accounts, yet each export states it. */
@Entity("group_support")
@Check("group_support_service_length", "char_length(service) BETWEEN 1 AND 64")
@Check("group_support_resource_type_length", "char_length(resource_type) BETWEEN 1 AND 128")
export class GroupSupportEntity extends OwnedRow {
  @PrimaryColumn(IDENTIFIER)
  service: string;

  @PrimaryColumn(IDENTIFIER)
  resourceType: string;

  @Column({ type: "boolean" })
  isSupported: boolean;
}

@Entity("resource_tag")
@Index("resource_tag_since_revision_index", ["sinceRevision"])
@Check("resource_tag_arn_length", "octet_length(arn) BETWEEN 1 AND 2048")
@Check("resource_tag_key_length", "char_length(key) BETWEEN 1 AND 128")
@Check("resource_tag_value_length", "char_length(value) <= 128")
export class ResourceTagEntity extends OwnedRow {
  @PrimaryColumn(IDENTIFIER)
  arn: string;

  @PrimaryColumn(IDENTIFIER)
  key: string;

  @Column(IDENTIFIER)
  value: string;
}

@Entity("resource_policy")
@Check("resource_policy_kind", "kind IN ('OSS_BUCKET')")
@Check("resource_policy_resource_length", "char_length(resource) BETWEEN 1 AND 256")
@Check("resource_policy_document_length", "octet_length(document_text) <= 1048576")
export class ResourcePolicyEntity extends OwnedRow {
  @PrimaryColumn(IDENTIFIER)
  kind: ResourcePolicy["kind"];

  @PrimaryColumn(IDENTIFIER)
  resource: string;

  /** JSON text, byte for byte. */
  @Column({ type: "text" })
  documentText: string;
}
