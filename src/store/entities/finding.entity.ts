import { Check, Column, Entity, ForeignKey, PrimaryColumn } from "typeorm";
import type { GapReason } from "../../inventory/source.js";
import type { Severity } from "../../policy/finding.js";
import { IDENTIFIER, TrackedRow } from "./row.js";
import { SourceEntity } from "./source.entity.js";

@Entity("finding")
@Check("finding_severity", "severity IN ('ERROR', 'SECURITY_WARNING', 'WARNING', 'SUGGESTION')")
export class FindingEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => SourceEntity, { onDelete: "CASCADE" })
  sourceKey: string;

  /** Six digits for the order within the source, or `shared:` and the key of a policy that several sources state. */
  @PrimaryColumn(IDENTIFIER)
  place: string;

  @Column(IDENTIFIER)
  code: string;

  @Column(IDENTIFIER)
  severity: Severity;

  @Column({ type: "text" })
  message: string;

  @Column({ type: "text", nullable: true })
  pointer: string | null;

  @Column({ type: "integer", nullable: true })
  line: number | null;

  @Column({ type: "integer", nullable: true })
  column: number | null;

  @Column({ type: "text", nullable: true })
  suggestion: string | null;

  /** Key of the fact concerned; it may be one that could not be stored, so it is no foreign key. */
  @Column({ ...IDENTIFIER, nullable: true })
  subject: string | null;
}

@Entity("coverage_gap")
@Check("coverage_gap_position", "position >= 0")
export class GapEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => SourceEntity, { onDelete: "CASCADE" })
  sourceKey: string;

  @PrimaryColumn({ type: "integer" })
  position: number;

  @Column(IDENTIFIER)
  reason: GapReason;

  @Column({ type: "text" })
  subject: string;

  @Column({ type: "text" })
  detail: string;

  @Column({ ...IDENTIFIER, nullable: true })
  accountId: string | null;
}
