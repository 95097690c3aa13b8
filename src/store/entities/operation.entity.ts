import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import type { AccessLevel } from "../../inventory/catalog.js";
import { IDENTIFIER, TrackedRow } from "./row.js";
import { ActionEntity, ServiceEntity } from "./service.entity.js";

/** One API operation paired with one action that it needs. */
@Entity("operation")
@Check("operation_name_length", "char_length(name) BETWEEN 1 AND 256")
@Check("operation_access_level", "access_level IN ('CREATE', 'GET', 'LIST', 'UPDATE', 'DELETE', 'NONE')")
@Index("operation_service_index", ["service"])
@Index("operation_action_id_index", ["actionId"])
export class OperationEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  id: string;

  @Column(IDENTIFIER)
  @ForeignKey(() => ServiceEntity)
  service: string;

  @Column(IDENTIFIER)
  name: string;

  @Column(IDENTIFIER)
  @ForeignKey(() => ActionEntity)
  actionId: string;

  /** As the operation's row spells it. */
  @Column(IDENTIFIER)
  action: string;

  @Column(IDENTIFIER)
  accessLevel: AccessLevel;
}

/** A line of an operation's row; `position` keeps the order of the page, from 0. */
abstract class OperationDetail extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => OperationEntity, { onDelete: "CASCADE" })
  operationId: string;

  @PrimaryColumn({ type: "integer" })
  position: number;
}

@Entity("operation_resource")
@Check("operation_resource_position", "position >= 0")
export class OperationResourceEntity extends OperationDetail {
  /** Absent for all resources. */
  @Column({ ...IDENTIFIER, nullable: true })
  resourceType: string | null;

  @Column(IDENTIFIER)
  arnTemplate: string;

  @Column({ type: "boolean" })
  isRequired: boolean;
}

@Entity("operation_condition_key")
@Check("operation_condition_key_position", "position >= 0")
export class OperationConditionKeyEntity extends OperationDetail {
  @Column(IDENTIFIER)
  conditionKey: string;
}

@Entity("operation_dependent_action")
@Check("operation_dependent_action_position", "position >= 0")
@Index("operation_dependent_action_action_id_index", ["actionId"])
export class OperationDependentActionEntity extends OperationDetail {
  @Column(IDENTIFIER)
  @ForeignKey(() => ActionEntity)
  actionId: string;

  @Column(IDENTIFIER)
  action: string;
}
