import { trackedTables } from "./at-revision.js";
import type { Database } from "./database.js";
import { holdHistoryAlone, readFloor, tellWatchers } from "./history-floor.js";
import { type Transaction, writeTogether } from "./transaction.js";

export interface PruneReport {
  /** The oldest revision that is kept. */
  readonly oldest: string;
  /** How many revisions, and rows of history, are gone. */
  readonly revisions: number;
  readonly rows: number;
}

/** Revisions that go in one transaction: whoever stops or waits never waits for long. */
const STEP = 200;

/**
 * Removes what history holds of revisions that gave way to another before an age. What held at that moment is kept, so
 * that every instant since can be asked about. Whoever reads an older revision meanwhile reads it to the end.
 *
 * @param seconds the age
 * @param signal ends it early; what is gone by then is whole revisions, the oldest
 */
export async function pruneHistory(db: Database, seconds: number, signal?: AbortSignal): Promise<PruneReport> {
  let report = await pruneStep(db, seconds);
  for (let step = report; step.revisions > 0 && signal?.aborted !== true; ) {
    step = await pruneStep(db, seconds);
    report = {
      oldest: step.oldest,
      revisions: report.revisions + step.revisions,
      rows: report.rows + step.rows,
    };
  }
  return report;
}

async function pruneStep(db: Database, seconds: number): Promise<PruneReport> {
  return await writeTogether(db, async (transaction) => {
    await holdHistoryAlone(transaction);
    const { oldest } = await readFloor(transaction);
    const next = await nextOldest(transaction, oldest, seconds);
    if (next === undefined) return { oldest, revisions: 0, rows: 0 };
    let rows = 0;
    for (const { name } of trackedTables(db)) {
      rows += await removeRows(transaction, `${name}_history`, "until_revision <= $1", next);
    }
    const revisions = await removeRows(transaction, "revision_log", "revision < $1", next);
    await transaction.query("UPDATE history_floor SET oldest_revision = $1", [next]);
    await tellWatchers(transaction);
    return { oldest: next, revisions, rows };
  });
}

async function nextOldest(transaction: Transaction, oldest: string, seconds: number): Promise<string | undefined> {
  const [row] = await transaction.query<{ revision: string | null }>(
    `SELECT max(revision)::text AS revision FROM (
       SELECT revision FROM revision_log
       WHERE revision > $1 AND committed_at <= now() - make_interval(secs => $2) ORDER BY revision LIMIT ${STEP}
     ) AS step`,
    [oldest, seconds],
  );
  return row?.revision ?? undefined;
}

async function removeRows(
  transaction: Transaction,
  table: string,
  condition: string,
  revision: string,
): Promise<number> {
  const [count] = await transaction.query<{ rows: number }>(
    `WITH gone AS (DELETE FROM ${table} WHERE ${condition} RETURNING 1) SELECT count(*)::integer AS rows FROM gone`,
    [revision],
  );
  return count?.rows ?? 0;
}
