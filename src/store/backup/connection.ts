import pg from "pg";
import type { QueryRunner } from "typeorm";
import type { Database } from "../database.js";
import { inTransaction, type Transaction } from "../transaction.js";

/** A transaction, and the connection that it is on: rows travel by COPY, which TypeORM does not know. */
export interface BackupConnection {
  readonly transaction: Transaction;
  readonly runner: QueryRunner;
  readonly client: pg.ClientBase;
}

/** A value has one text wherever it is written and read, rows come in the order in which they lie, and nothing hurries. */
const SETTINGS = `
  SET LOCAL client_encoding = 'UTF8'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL TimeZone = 'UTC';
  SET LOCAL IntervalStyle = 'postgres'; SET LOCAL bytea_output = 'hex'; SET LOCAL synchronize_seqscans = off;
  SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0`;

type Work<T> = (connection: BackupConnection) => Promise<T>;

/** Runs `work` on one unchanging state of the database. */
export async function readForBackup<T>(db: Database, work: Work<T>): Promise<T> {
  return await connect(db, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", work);
}

/** Runs `work` whole or not at all. */
export async function writeFromBackup<T>(db: Database, work: Work<T>): Promise<T> {
  return await connect(db, "SET LOCAL lock_timeout = '15s'", work);
}

async function connect<T>(db: Database, first: string, work: Work<T>): Promise<T> {
  return await inTransaction(db, `${first};${SETTINGS}`, async (transaction, runner) => {
    const client: unknown = await runner.connect();
    if (!(client instanceof pg.Client)) throw new Error("TypeORM gave a connection of another driver");
    return await work({ transaction, runner, client });
  });
}
