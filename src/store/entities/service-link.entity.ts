import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { RoleEntity } from "./account.entity.js";
import { IDENTIFIER, TrackedRow } from "./row.js";
import { ServiceEntity } from "./service.entity.js";

@Entity("service_link")
@Index("service_link_service_index", ["service"])
export class ServiceLinkEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => RoleEntity)
  roleId: string;

  @Column(IDENTIFIER)
  roleName: string;

  /** Null where no source tells it. */
  @Column({ ...IDENTIFIER, nullable: true })
  serviceName: string | null;

  @Column({ ...IDENTIFIER, nullable: true })
  @ForeignKey(() => ServiceEntity)
  service: string | null;

  @Column({ type: "text", nullable: true })
  createdWhen: string | null;

  @Column({ type: "text", nullable: true })
  purpose: string | null;

  @Column({ type: "text", array: true })
  prerequisitesForDeletion: string[];

  @Column({ type: "text", array: true })
  consequences: string[];

  /** JSON text. */
  @Column({ type: "text", nullable: true })
  creationPolicy: string | null;

  @Column({ type: "boolean" })
  isCreationPolicyBuilt: boolean;
}

@Entity("service_dependency")
@Index("service_dependency_to_service_index", ["toService"])
@Index("service_dependency_role_id_index", ["roleId"])
export class ServiceDependencyEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => ServiceEntity)
  fromService: string;

  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => ServiceEntity)
  toService: string;

  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => RoleEntity)
  roleId: string;

  @Column(IDENTIFIER)
  roleName: string;

  @Column({ type: "text", nullable: true })
  purpose: string | null;
}
