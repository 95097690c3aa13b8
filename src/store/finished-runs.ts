import type { RunOutcome } from "../inventory/import-run.js";
import type { Database } from "./database.js";
import { readTogether } from "./transaction.js";

/** What became of an import, for counting. */
export interface FinishedRun {
  /** Decimal number as text. */
  readonly id: string;
  readonly outcome: RunOutcome;
  /** Time in the database. */
  readonly seconds: number;
  /** Why it failed. */
  readonly message: string | null;
}

/** The number of the last run on record, `0` when there is none. */
export async function lastRun(db: Database): Promise<string> {
  const [row] = await readTogether(db, (transaction) =>
    transaction.query<{ id: string }>("SELECT COALESCE(max(id), 0)::text AS id FROM import_run"),
  );
  return row?.id ?? "0";
}

/** Runs with a higher number than that, at most 1,000, lowest first. */
export async function runsAfter(db: Database, id: string): Promise<readonly FinishedRun[]> {
  return await readTogether(db, (transaction) =>
    transaction.query<FinishedRun>(
      `SELECT id::text, outcome, message, extract(epoch FROM finished_at - started_at)::float8 AS seconds
       FROM import_run WHERE id > $1 ORDER BY import_run.id LIMIT 1000`,
      [id],
    ),
  );
}
