import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { IDENTIFIER, TrackedRow } from "./row.js";
import { SourceEntity } from "./source.entity.js";

/** An account, or `catalog`, whose roles are those of the documentation. */
@Entity("account")
@Check("account_id", "id ~ '^[0-9]{1,32}$' OR id = 'catalog'")
@Check("account_source", "(id = 'catalog') = (source_key IS NULL)")
@Index("account_source_key_index", ["sourceKey"])
export class AccountEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  id: string;

  @Column({ ...IDENTIFIER, nullable: true })
  alias: string | null;

  @Column({ ...IDENTIFIER, nullable: true })
  @ForeignKey(() => SourceEntity)
  sourceKey: string | null;
}

/** Whatever a policy can be attached to: one foreign key reaches users, groups and roles. */
@Entity("principal")
@Check("principal_kind", "kind IN ('USER', 'GROUP', 'ROLE')")
@Check("principal_id", "starts_with(id, lower(kind) || ':' || account_id || ':')")
@Index("principal_account_id_index", ["accountId"])
export class PrincipalEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  id: string;

  @Column(IDENTIFIER)
  kind: "USER" | "GROUP" | "ROLE";

  @Column(IDENTIFIER)
  @ForeignKey(() => AccountEntity)
  accountId: string;
}

abstract class NamedPrincipal extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => PrincipalEntity)
  id: string;

  @Column(IDENTIFIER)
  accountId: string;

  @Column(IDENTIFIER)
  name: string;
}

@Entity("app_user")
@Index("app_user_since_revision_index", ["sinceRevision"])
@Check("app_user_name_length", "char_length(name) BETWEEN 1 AND 256")
export class UserEntity extends NamedPrincipal {
  /** RAM's own id. */
  @Column({ ...IDENTIFIER, nullable: true })
  userId: string | null;
}

@Entity("user_group")
@Check("user_group_name_length", "char_length(name) BETWEEN 1 AND 256")
export class GroupEntity extends NamedPrincipal {}

@Entity("membership")
@Index("membership_since_revision_index", ["sinceRevision"])
@Index("membership_user_id_index", ["userId"])
export class MembershipEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => GroupEntity)
  groupId: string;

  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => UserEntity)
  userId: string;
}

@Entity("role")
@Index("role_since_revision_index", ["sinceRevision"])
@Check("role_name_length", "char_length(name) BETWEEN 1 AND 256")
@Check("role_trust_policy_length", "octet_length(trust_policy) <= 1048576")
@Index("role_source_key_index", ["sourceKey"])
export class RoleEntity extends NamedPrincipal {
  @Column({ ...IDENTIFIER, nullable: true })
  roleId: string | null;

  @Column({ type: "text", nullable: true })
  description: string | null;

  /** JSON text, byte for byte. */
  @Column({ type: "text", nullable: true })
  trustPolicy: string | null;

  @Column({ type: "integer", nullable: true })
  maxSessionDuration: number | null;

  @Column({ ...IDENTIFIER, nullable: true })
  serviceName: string | null;

  @Column(IDENTIFIER)
  @ForeignKey(() => SourceEntity)
  sourceKey: string;
}
