import { trackedTables } from "./at-revision.js";
import type { Database } from "./database.js";
import { holdHistoryAlone, readFloor } from "./history-floor.js";
import { type Transaction, writeTogether } from "./transaction.js";

export interface PruneReport {
  /** The oldest revision that is kept. */
  readonly oldest: string;
  /** How many revisions, and rows of history, are gone. */
  readonly revisions: number;
  readonly rows: number;
}

/**
 * Removes what history holds of revisions that gave way to another before an age. What held at that moment is kept, so
 * that every instant since can be asked about. Whoever reads an older revision meanwhile reads it to the end.
 *
 * @param seconds the age
 */
export async function pruneHistory(db: Database, seconds: number): Promise<PruneReport> {
  return await writeTogether(db, async (transaction) => {
    await holdHistoryAlone(transaction);
    const { oldest } = await readFloor(transaction);
    const next = await newestBefore(transaction, seconds);
    if (next === undefined || BigInt(next) <= BigInt(oldest)) return { oldest, revisions: 0, rows: 0 };
    let rows = 0;
    for (const { name } of trackedTables(db)) {
      rows += await removeRows(transaction, `${name}_history`, "until_revision <= $1", next);
    }
    const revisions = await removeRows(transaction, "revision_log", "revision < $1", next);
    await transaction.query("UPDATE history_floor SET oldest_revision = $1", [next]);
    return { oldest: next, revisions, rows };
  });
}

async function newestBefore(transaction: Transaction, seconds: number): Promise<string | undefined> {
  const [row] = await transaction.query<{ revision: string | null }>(
    "SELECT max(revision)::text AS revision FROM revision_log WHERE committed_at <= now() - make_interval(secs => $1)",
    [seconds],
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
