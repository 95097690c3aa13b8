import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import type { AccessLevel, Granularity } from "../../inventory/catalog.js";
import { IDENTIFIER, TrackedRow } from "./row.js";
import { SourceEntity } from "./source.entity.js";

@Entity("service")
@Check("service_code", "code ~ '^[^A-Z:*?[:space:]]{1,64}$'")
@Check("service_granularity", "granularity IN ('SERVICE', 'OPERATION', 'RESOURCE')")
@Index("service_source_key_index", ["sourceKey"])
export class ServiceEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  code: string;

  @Column({ type: "text" })
  name: string;

  @Column({ ...IDENTIFIER, nullable: true })
  granularity: Granularity | null;

  /** The page that names the service. */
  @Column({ ...IDENTIFIER, nullable: true })
  @ForeignKey(() => SourceEntity)
  sourceKey: string | null;
}

@Entity("action")
@Check("action_name_length", "char_length(name) BETWEEN 1 AND 256")
@Check("action_access_levels", "access_levels <@ ARRAY['CREATE', 'GET', 'LIST', 'UPDATE', 'DELETE', 'NONE']")
@Index("action_service_index", ["service"])
export class ActionEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  id: string;

  @Column(IDENTIFIER)
  name: string;

  @Column(IDENTIFIER)
  @ForeignKey(() => ServiceEntity)
  service: string;

  @Column({ type: "text", array: true })
  accessLevels: AccessLevel[];

  @Column({ type: "boolean" })
  isDocumented: boolean;
}

@Entity("resource_type")
@Check("resource_type_name_length", "char_length(name) BETWEEN 1 AND 256")
@Index("resource_type_service_index", ["service"])
export class ResourceTypeEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  id: string;

  @Column(IDENTIFIER)
  @ForeignKey(() => ServiceEntity)
  service: string;

  @Column(IDENTIFIER)
  name: string;

  @Column(IDENTIFIER)
  arnTemplate: string;
}

@Entity("condition_key")
@Check("condition_key_name_length", "char_length(name) BETWEEN 1 AND 256")
@Index("condition_key_service_index", ["service"])
export class ConditionKeyEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  id: string;

  @Column(IDENTIFIER)
  name: string;

  @Column({ ...IDENTIFIER, nullable: true })
  valueType: string | null;

  @Column({ ...IDENTIFIER, nullable: true })
  @ForeignKey(() => ServiceEntity)
  service: string | null;
}
