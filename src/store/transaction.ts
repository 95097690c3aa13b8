import type { QueryRunner } from "typeorm";
import type { Database } from "./database.js";
import { explainLoss } from "./explain-loss.js";

/** An open transaction. */
export interface Transaction {
  /** Runs one statement; gives its rows. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
}

/** Runs `work` on one unchanging state of the database; what it writes is refused. */
export async function readTogether<T>(db: Database, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return await inTransaction(db, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", work);
}

/**
 * Runs `work` whole or not at all.
 *
 * @throws DatabaseLost, as all here do, when the database goes away in the middle
 */
export async function writeTogether<T>(db: Database, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  // Staging a large account takes longer than any question may; a lock is held by another import, so it is waited for.
  return await inTransaction(db, "SET LOCAL statement_timeout = '10min'; SET LOCAL lock_timeout = '10min'", work);
}

/** @param settings statements that begin the transaction, divided by semicolons */
export async function inTransaction<T>(
  db: Database,
  settings: string,
  work: (transaction: Transaction, runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const runner = db.dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query(settings);
    const result = await work(transactionOf(runner), runner);
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

function transactionOf(runner: QueryRunner): Transaction {
  return {
    async query<Row>(sql: string, parameters: readonly unknown[] = []) {
      const result = await runner.query(sql, [...parameters], true);
      const records: readonly Row[] = result.records;
      return records;
    },
  };
}
