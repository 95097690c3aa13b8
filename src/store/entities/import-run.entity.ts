import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from "typeorm";
import type { RunKind, RunOutcome, RunSource } from "../../inventory/import-run.js";
import { IDENTIFIER } from "./row.js";

/** A record of each import, also of those that changed nothing or failed; it makes no revision. */
@Entity("import_run")
@Check("import_run_kind", "kind IN ('IMPORT', 'REVERT', 'FORGET')")
@Check("import_run_outcome", "outcome IN ('CHANGED', 'UNCHANGED', 'FAILED')")
@Check("import_run_revision", "(outcome = 'CHANGED') = (revision IS NOT NULL)")
@Index("import_run_subject_index", ["subject"])
export class ImportRunEntity {
  @PrimaryGeneratedColumn("identity", { type: "bigint", generatedIdentity: "ALWAYS" })
  id: string;

  @Column(IDENTIFIER)
  kind: RunKind;

  /** The account, or `catalog`; `null` for an account that was erased. */
  @Column({ ...IDENTIFIER, nullable: true })
  subject: string | null;

  /** The run that a REVERT took back. It may be gone since. */
  @Column({ type: "bigint", nullable: true })
  targetId: string | null;

  @Column({ type: "timestamptz" })
  startedAt: string;

  @Column({ type: "timestamptz" })
  finishedAt: string;

  /** What was read. Runs of earlier releases have no titles. */
  @Column({ type: "jsonb" })
  sources: readonly (Omit<RunSource, "title"> & { readonly title?: string })[];

  @Column(IDENTIFIER)
  outcome: RunOutcome;

  @Column({ type: "bigint", nullable: true })
  revision: string | null;

  @Column({ type: "integer" })
  added: number;

  @Column({ type: "integer" })
  changed: number;

  @Column({ type: "integer" })
  removed: number;

  @Column({ type: "integer" })
  findings: number;

  /** Why it failed. */
  @Column({ type: "text", nullable: true })
  message: string | null;
}
