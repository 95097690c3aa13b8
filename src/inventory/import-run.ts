/** An import; the return to the state before one; the removal of an account. */
export type RunKind = "IMPORT" | "REVERT" | "FORGET";
export type RunOutcome = "CHANGED" | "UNCHANGED" | "FAILED";

/** One source of a run. */
export interface RunSource {
  readonly key: string;
  readonly title: string;
  /** Lower-case hex digest of the bytes; `null` for a source that the run removed. */
  readonly sha256: string | null;
}

/** One import, or what took one back, as it is on record. */
export interface ImportRun {
  /** Decimal number as text; a later run has a higher one. */
  readonly id: string;
  readonly kind: RunKind;
  readonly outcome: RunOutcome;
  /** An account id, `catalog`, or `null` for an account that was erased. */
  readonly subject: string | null;
  /** The run that a REVERT took back. */
  readonly targetId: string | null;
  /** RFC 3339 instants. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly sources: readonly RunSource[];
  /** The revision that it made; `null` when nothing changed. */
  readonly revision: string | null;
  /** Rows of the store's tables. */
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** How many findings its sources had. */
  readonly findings: number;
  /** Why it failed. */
  readonly message: string | null;
}
