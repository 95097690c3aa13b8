import type { Batch } from "../inventory/batch.js";
import type { RunKind, RunSource } from "../inventory/import-run.js";
import type { Gap } from "../inventory/source.js";
import { type FindingGroup, type GapGroup, summariseFindings, summariseGaps } from "../inventory/summarise-findings.js";
import type { Finding } from "../policy/finding.js";
import type { Database } from "./database.js";
import { explainRefusal } from "./explain-refusal.js";
import type { TableChange } from "./sync-tables.js";
import { type Transaction, writeTogether } from "./transaction.js";

/** What an import did. Counts are rows of the store's tables. */
export interface ImportReport {
  /** The revision that it made; `null` when nothing changed. */
  readonly revision: string | null;
  /** The revision before. */
  readonly before: string;
  /** True when all was tried and then taken back: `revision` is the one that it would have made. */
  readonly isDryRun: boolean;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Tables that changed. */
  readonly tables: readonly TableChange[];
  /** Findings about the sources that were imported. */
  readonly findings: number;
  /** The same by kind, the worst first, where the work tells. */
  readonly noted: readonly FindingGroup[];
  /** What the sources lack, by kind. */
  readonly gaps: readonly GapGroup[];
}

/** What the work of an import comes to, before it is recorded. */
export interface ImportOutcome {
  readonly tables: readonly TableChange[];
  readonly findings: number;
  readonly noted?: readonly Finding[];
  readonly gaps?: readonly Gap[];
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
  /** Do all of it, and then take it back: nothing is written, the record neither. */
  readonly isDryRun?: boolean;
}

/** Leaves a transaction that is not to be kept. */
class Tried extends Error {
  constructor(readonly report: ImportReport) {
    super("a dry run is taken back");
  }
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
      const report = await reportOf(transaction, outcome, run.isDryRun === true);
      if (report.isDryRun) throw new Tried(report);
      if (report.revision !== null || run.isRoutine !== true) {
        const { sources = run.sources, subject = run.subject } = outcome;
        await insertRun(transaction, startedAt, { ...run, sources, subject }, report, null);
      }
      return report;
    });
  } catch (error) {
    if (error instanceof Tried) return error.report;
    const reason = explainRefusal(error);
    if (run.isDryRun !== true) await recordFailure(db, startedAt, run, reason);
    throw reason;
  }
}

/** The first error is the one to tell; a database that is gone takes no record either. */
async function recordFailure(db: Database, startedAt: string, run: Run, reason: unknown): Promise<void> {
  const message = reason instanceof Error ? reason.message : String(reason);
  const nothing = { revision: null, added: 0, changed: 0, removed: 0, findings: 0 };
  await writeTogether(db, (transaction) => insertRun(transaction, startedAt, run, nothing, message)).catch(
    () => undefined,
  );
}

async function reportOf(
  transaction: Transaction,
  { tables, findings, noted = [], gaps = [] }: ImportOutcome,
  isDryRun: boolean,
): Promise<ImportReport> {
  const sum = (count: (change: TableChange) => number) => tables.reduce((total, change) => total + count(change), 0);
  // Numbers may be left out, and the log may have been pruned up to this one.
  const [row] = await transaction.query<{ revision: string; before: string | null }>(
    `SELECT revision::text,
            (SELECT max(revision) FROM revision_log WHERE revision < counter.revision)::text AS before
     FROM revision_counter AS counter`,
  );
  const now = row?.revision ?? "0";
  const isChanged = tables.length > 0;
  return {
    revision: isChanged ? now : null,
    // The counter is locked, so the revision before this one is the last.
    before: isChanged ? (row?.before ?? String(BigInt(now) - 1n)) : now,
    isDryRun,
    added: sum(({ added }) => added),
    changed: sum(({ changed }) => changed),
    removed: sum(({ removed }) => removed),
    tables,
    findings,
    noted: summariseFindings(noted),
    gaps: summariseGaps(gaps),
  };
}

async function insertRun(
  transaction: Transaction,
  startedAt: string,
  { kind, subject, targetId, sources }: Omit<Run, "subject"> & { readonly subject: string | null },
  report: Pick<ImportReport, "revision" | "added" | "changed" | "removed" | "findings">,
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
