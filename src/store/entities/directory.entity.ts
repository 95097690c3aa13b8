import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import type { ControlAttachment } from "../../inventory/directory.js";
import { AccountEntity } from "./account.entity.js";
import { PolicyEntity } from "./policy.entity.js";
import { IDENTIFIER, TrackedRow } from "./row.js";

/** A resource directory, as its management account's export states it. */
@Entity("directory")
@Check("directory_id_length", "char_length(id) BETWEEN 1 AND 64")
@Index("directory_management_account_id_index", ["managementAccountId"])
export class DirectoryEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  id: string;

  @Column(IDENTIFIER)
  @ForeignKey(() => AccountEntity)
  managementAccountId: string;

  @Column(IDENTIFIER)
  rootFolderId: string;

  @Column({ type: "boolean" })
  isControlPolicyEnabled: boolean;
}

@Entity("folder")
@Check("folder_id_length", "char_length(id) BETWEEN 1 AND 64")
@Check("folder_name_length", "char_length(name) BETWEEN 1 AND 256")
@Index("folder_parent_id_index", ["directoryId", "parentId"])
@ForeignKey(() => FolderEntity, ["directoryId", "parentId"], ["directoryId", "id"])
export class FolderEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => DirectoryEntity)
  directoryId: string;

  @PrimaryColumn(IDENTIFIER)
  id: string;

  /** Absent for the root. */
  @Column({ ...IDENTIFIER, nullable: true })
  parentId: string | null;

  @Column(IDENTIFIER)
  name: string;
}

/** The account need not be one that was imported. */
@Entity("directory_member")
@Check("directory_member_account_id", "account_id ~ '^[0-9]{1,32}$'")
@Index("directory_member_account_id_index", ["accountId"])
@Index("directory_member_folder_id_index", ["directoryId", "folderId"])
@ForeignKey(() => FolderEntity, ["directoryId", "folderId"], ["directoryId", "id"])
export class DirectoryMemberEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  directoryId: string;

  @PrimaryColumn(IDENTIFIER)
  accountId: string;

  @Column(IDENTIFIER)
  folderId: string;
}

@Entity("control_attachment")
@Check("control_attachment_effect_scope", "effect_scope IN ('RAM', 'ALL')")
@Check("control_attachment_target_length", "char_length(target) BETWEEN 1 AND 64")
@Index("control_attachment_policy_id_index", ["policyId"])
export class ControlAttachmentEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => DirectoryEntity)
  directoryId: string;

  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => PolicyEntity)
  policyId: string;

  /** Id of a folder, or of a member account. */
  @PrimaryColumn(IDENTIFIER)
  target: string;

  @Column(IDENTIFIER)
  effectScope: ControlAttachment["effectScope"];
}
