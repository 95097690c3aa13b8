import type { ImportRun } from "../inventory/import-run.js";
import type { SourceFinding } from "../inventory/source.js";
import type { Database } from "./database.js";
import { FindingEntity } from "./entities/finding.entity.js";
import { factOf } from "./fact-of.js";
import { readFloor } from "./history-floor.js";
import { pastSql } from "./past-sql.js";
import { instant } from "./read-revision.js";
import { describeTable } from "./table.js";
import { readTogether, type Transaction } from "./transaction.js";

const RUNS = `
  SELECT id::text, kind, outcome, subject, target_id::text AS "targetId", revision::text, added, changed, removed,
         findings, message, ${instant("started_at")} AS "startedAt", ${instant("finished_at")} AS "finishedAt",
         (SELECT COALESCE(jsonb_agg(jsonb_build_object('key', one->>'key', 'sha256', one->>'sha256',
                                             'title', COALESCE(one->>'title', one->>'key')) ORDER BY place), '[]')
          FROM jsonb_array_elements(sources) WITH ORDINALITY AS all_sources(one, place)) AS sources
  FROM import_run`;

/** @param limit at most so many, newest first; left out: all. */
export async function listImportRuns(db: Database, limit?: number): Promise<readonly ImportRun[]> {
  return await readTogether(db, (transaction) =>
    transaction.query<ImportRun>(`${RUNS} ORDER BY import_run.id DESC LIMIT $1`, [limit ?? null]),
  );
}

/** Runs that made a revision, by that. */
export async function runsByRevision(db: Database): Promise<ReadonlyMap<string, ImportRun>> {
  const runs = await readTogether(db, (transaction) =>
    transaction.query<ImportRun>(`${RUNS} WHERE outcome = 'CHANGED'`),
  );
  return new Map(runs.map((run) => [run.revision ?? "", run]));
}

/** Runs of one subject that changed something, oldest first. */
export async function changesOf(transaction: Transaction, subject: string): Promise<readonly ImportRun[]> {
  return await transaction.query<ImportRun>(
    `${RUNS} WHERE subject = $1 AND outcome = 'CHANGED' ORDER BY import_run.id`,
    [subject],
  );
}

export async function findImportRun(transaction: Transaction, id: string): Promise<ImportRun | undefined> {
  const [run] = await transaction.query<ImportRun>(`${RUNS} WHERE id::text = $1`, [id]);
  return run;
}

/** A run with the findings that its sources had after it; `null` where that state is no longer kept. */
export interface ImportRunDetail extends ImportRun {
  readonly details: readonly SourceFinding[] | null;
}

export async function readImportRun(db: Database, id: string): Promise<ImportRunDetail | undefined> {
  return await readTogether(db, async (transaction) => {
    const run = await findImportRun(transaction, id);
    return run && { ...run, details: await findingsOf(db, transaction, run) };
  });
}

async function findingsOf(
  db: Database,
  transaction: Transaction,
  run: ImportRun,
): Promise<readonly SourceFinding[] | null> {
  if (run.outcome === "FAILED") return [];
  const revision = run.revision ?? (await newestAt(transaction, run.finishedAt));
  const { oldest } = await readFloor(transaction);
  if (revision === undefined || BigInt(revision) < BigInt(oldest)) return null;
  const table = describeTable(db.dataSource, FindingEntity);
  const columns = table.columns.map(({ name, property }) => `${name} AS "${property}"`).join(", ");
  const rows = await transaction.query<SourceFinding & { readonly place: string }>(
    `SELECT ${columns} FROM (${pastSql(table, "$1")}) AS past WHERE source_key = ANY($2) ORDER BY source_key, place`,
    [revision, run.sources.map(({ key }) => key)],
  );
  return rows.map((row) => factOf(row, "place"));
}

/** An import that changed nothing found the facts as they were. */
async function newestAt(transaction: Transaction, at: string): Promise<string | undefined> {
  const [row] = await transaction.query<{ revision: string | null }>(
    "SELECT max(revision)::text AS revision FROM revision_log WHERE committed_at <= $1",
    [at],
  );
  return row?.revision ?? undefined;
}
