import type { Batch } from "../inventory/batch.js";
import type { RunKind, RunSource } from "../inventory/import-run.js";
import type { Database } from "./database.js";
import { explainRefusal } from "./import-refused.js";
import type { TableChange } from "./sync-tables.js";
import { type Transaction, writeTogether } from "./transaction.js";

/** What an import did. Counts are rows of the store's tables. */
export interface ImportReport {
  /** The revision that it made; `null` when nothing changed. */
  readonly revision: string | null;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Tables that changed. */
  readonly tables: readonly TableChange[];
  /** Findings about the sources that were imported. */
  readonly findings: number;
}

/** What the work of an import comes to, before it is recorded. */
export interface ImportOutcome {
  readonly tables: readonly TableChange[];
  readonly findings: number;
  /** The sources as they are afterwards, where only the work tells. */
  readonly sources?: readonly RunSource[];
  /** `null` keeps the record from naming whom it was about. */
  readonly subject?: null;
}

/** What is about to be done, and to whom. */
export interface Run {
  readonly kind: RunKind;
  /** An account id, or `catalog`: runs on one subject take turns. */
  readonly subject: string;
  readonly sources: readonly RunSource[];
  /** The run that is taken back. */
  readonly targetId?: string;
  /** Leave no record when nothing changes: for what every start of a server repeats. */
  readonly isRoutine?: boolean;
}

/** The run of an import of these batches. */
export function importRun(subject: string, batches: readonly Batch[]): Run {
  const sources = batches.map(({ source: { key, title, sha256 } }) => ({ key, title, sha256 }));
  return { kind: "IMPORT", subject, sources };
}

/**
 * Does the work of a run in one transaction, alone for its subject, and records the run: with the change, or, when it
 * failed, by itself. The record makes no revision.
 *
 * @throws ImportRefused for what the database cannot take; else what the work throws
 */
export async function recordImport(
  db: Database,
  run: Run,
  work: (transaction: Transaction) => Promise<ImportOutcome>,
): Promise<ImportReport> {
  const startedAt = new Date().toISOString();
  try {
    return await writeTogether(db, async (transaction) => {
      await transaction.query("SELECT pg_advisory_xact_lock(7264002, hashtext($1))", [run.subject]);
      // Every writer locks the counter before any row of a fact, so that writers queue and cannot deadlock.
      await transaction.query("SELECT FROM revision_counter FOR UPDATE");
      const outcome = await work(transaction);
      const report = await reportOf(transaction, outcome);
      if (report.revision !== null || run.isRoutine !== true) {
        const { sources = run.sources, subject = run.subject } = outcome;
        await insertRun(transaction, startedAt, { ...run, sources, subject }, report, null);
      }
      return report;
    });
  } catch (error) {
    const reason = explainRefusal(error);
    const message = reason instanceof Error ? reason.message : String(reason);
    const nothing = { revision: null, added: 0, changed: 0, removed: 0, tables: [], findings: 0 };
    // The first error is the one to tell; a database that is gone takes no record either.
    await writeTogether(db, (transaction) => insertRun(transaction, startedAt, run, nothing, message)).catch(
      () => undefined,
    );
    throw reason;
  }
}

async function reportOf(transaction: Transaction, { tables, findings }: ImportOutcome): Promise<ImportReport> {
  const sum = (count: (change: TableChange) => number) => tables.reduce((total, change) => total + count(change), 0);
  const [row] = await transaction.query<{ revision: string }>(
    "SELECT current_setting('ramgraph.revision', true) AS revision",
  );
  return {
    revision: tables.length === 0 ? null : (row?.revision ?? null),
    added: sum(({ added }) => added),
    changed: sum(({ changed }) => changed),
    removed: sum(({ removed }) => removed),
    tables,
    findings,
  };
}

async function insertRun(
  transaction: Transaction,
  startedAt: string,
  { kind, subject, targetId, sources }: Omit<Run, "subject"> & { readonly subject: string | null },
  report: ImportReport,
  message: string | null,
): Promise<void> {
  const outcome = message !== null ? "FAILED" : report.revision === null ? "UNCHANGED" : "CHANGED";
  await transaction.query(
    `INSERT INTO import_run
       (kind, subject, target_id, started_at, finished_at, sources, outcome, revision, added, changed, removed, findings,
        message)
     SELECT $1, $2, $3, $4, clock_timestamp(), $5, $6, revision, added, changed, removed, findings, $8
     FROM json_to_record($7::json)
       AS report(revision bigint, added integer, changed integer, removed integer, findings integer)`,
    [kind, subject, targetId ?? null, startedAt, JSON.stringify(sources), outcome, JSON.stringify(report), message],
  );
}
