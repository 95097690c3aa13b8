import { MigrationExecutor, type QueryRunner } from "typeorm";
import type { Database } from "./database.js";
import { explainLoss } from "./explain-loss.js";

/** One number for all advisory locks of ours that guard the schema. */
const SCHEMA_LOCK = 7_264_001;

/**
 * Brings the schema up to date. Servers that start together take turns: one migrates, the others find nothing to do.
 *
 * @returns names of the migrations that were applied, oldest first.
 */
export async function migrate(db: Database): Promise<{ readonly applied: readonly string[] }> {
  return await alone(db, async (executor) => {
    const done = await executor.executePendingMigrations();
    return { applied: done.map((migration) => migration.name) };
  });
}

/** Takes all migrations back, newest first. Every fact is lost. */
export async function revertMigrations(db: Database): Promise<void> {
  await alone(db, async (executor) => {
    for (const _ of db.dataSource.migrations) await executor.undoLastMigration();
  });
}

/**
 * Migrates in the transaction that holds the lock, on its connection: whoever waits for the lock keeps a connection, and a
 * pooler that has no more of them to give would let everybody wait for ever.
 */
async function alone<T>(db: Database, work: (executor: MigrationExecutor) => Promise<T>): Promise<T> {
  const runner = db.dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    // Waiting for a colleague, and migrating, may take long.
    await runner.query("SET LOCAL statement_timeout = 0");
    await runner.query("SET LOCAL lock_timeout = 0");
    await runner.query("SET LOCAL idle_in_transaction_session_timeout = 0");
    // What one migration has written must not keep the next from changing the same table.
    await runner.query("SET CONSTRAINTS ALL IMMEDIATE");
    await lockSchema(runner);
    const result = await work(new MigrationExecutor(db.dataSource, runner));
    await runner.commitTransaction();
    return result;
  } catch (error) {
    throw explainLoss(error);
  } finally {
    // The first error tells what went wrong; a broken connection cannot roll back and need not.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    await runner.release();
  }
}

/** Waits until nobody else changes the schema; holds until the transaction ends. */
export async function lockSchema(runner: QueryRunner): Promise<void> {
  await runner.query("SELECT pg_advisory_xact_lock($1)", [SCHEMA_LOCK]);
}
