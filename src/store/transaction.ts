import type { QueryRunner } from "typeorm";
import type { Database } from "./database.js";
import { explainLoss } from "./explain-loss.js";
import { KNOWN_MARK, ReplicaBehind, type RevisionMark } from "./revision-mark.js";

/** An open transaction. */
export interface Transaction {
  /** Runs one statement; gives its rows. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
}

const ofReading = [
  "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
  "SET LOCAL statement_timeout = '1min'",
  "SET LOCAL lock_timeout = '15s'",
  "SET LOCAL idle_in_transaction_session_timeout = '1min'",
].join("; ");

// Staging a large account takes longer than any question may; a lock is held by another import, so it is waited for.
const ofWriting = [
  "SET LOCAL statement_timeout = '10min'",
  "SET LOCAL lock_timeout = '10min'",
  "SET LOCAL idle_in_transaction_session_timeout = '1min'",
].join("; ");

/**
 * Runs `work` on one unchanging state of the database; what it writes is refused.
 *
 * @throws ReplicaBehind when the database is a replica that does not hold what it must
 */
export async function readTogether<T>(db: Database, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const { holds } = db;
  return await inTransaction(db, ofReading, async (transaction) => {
    if (holds !== undefined) await requireMark(transaction, holds);
    return await work(transaction);
  });
}

/**
 * Runs `work` whole or not at all.
 *
 * @throws DatabaseLost, as all here do, when the database goes away in the middle
 */
export async function writeTogether<T>(db: Database, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return await inTransaction(db, ofWriting, work);
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

/** Does the server that the transaction runs on hold that very state, or a later one that was made of it? */
async function requireMark(transaction: Transaction, mark: RevisionMark): Promise<void> {
  const [row] = await transaction.query<Pick<RevisionMark, "committedAt" | "erasures">>(KNOWN_MARK, [mark.revision]);
  const holds = row?.committedAt === mark.committedAt && BigInt(row.erasures) >= BigInt(mark.erasures);
  if (!holds) throw new ReplicaBehind(mark);
}
