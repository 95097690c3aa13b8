import type { Readable } from "node:stream";
import pg from "pg";
import type { Database } from "../database.js";
import { lockSchema } from "../migrate.js";
import type { Transaction } from "../transaction.js";
import { BackupRefused } from "./backup-refused.js";
import { type BackupConnection, writeFromBackup } from "./connection.js";
import { copyIn } from "./copy-in.js";
import { type BackupHeader, columnsOf, quote, type SequenceState } from "./format.js";
import { clearSchema, makeSchema, migrateUp } from "./make-schema.js";
import { type OpenBackup, openBackup } from "./open-backup.js";
import { type BackupTable, listTables } from "./own-tables.js";

export interface RestoreOptions {
  /** Take away what the database holds. */
  readonly replace: boolean;
  /** Take a backup however much it grows when it is unpacked. */
  readonly isTrusted: boolean;
  /** Told of each table: rows that are there, rows in all, the table. */
  readonly onProgress: (done: number, total: number, table: string) => void;
}

/** What a restored backup brought. */
export interface RestoreReport {
  readonly revision: string;
  readonly createdAt: string;
  readonly tables: number;
  readonly rows: number;
  /** Names of the migrations that the backup's schema lacked, oldest first. */
  readonly migrated: readonly string[];
}

/**
 * Brings back all that a backup holds, in one transaction. Every digest is compared; then a schema that is older than ours
 * is brought up to date.
 *
 * @param packed the bytes that `writeBackup` wrote
 * @throws BackupRefused when the backup is damaged, cut short or newer than this ramgraph, or the database cannot take it
 */
export async function restoreBackup(db: Database, packed: Readable, options: RestoreOptions): Promise<RestoreReport> {
  const backup = await openBackup(packed, options.isTrusted);
  const { revision, createdAt, tables } = backup.header;
  return await writeFromBackup(db, async (connection) => {
    await lockSchema(connection.runner);
    await clearSchema(db, connection, options.replace);
    const made = await makeSchema(db, connection, backup.header.migrations);
    await fill(connection, backup, made, options);
    const migrated = await migrateUp(db, connection);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    return { revision, createdAt, tables: tables.length, rows, migrated };
  });
}

/** Triggers rest meanwhile: rows bring their revisions and their history with them. */
async function fill(
  { client, transaction }: BackupConnection,
  backup: OpenBackup,
  made: ReadonlySet<string>,
  { onProgress }: RestoreOptions,
): Promise<void> {
  const { tables, sequences } = backup.header;
  compareTables(
    tables,
    (await listTables(transaction)).filter(({ name }) => made.has(name)),
  );
  const names = tables.map(({ name }) => quote(name));
  const triggers = (state: string) => names.map((name) => `ALTER TABLE ${name} ${state} TRIGGER USER`).join(";");
  await transaction.query(triggers("DISABLE"));
  await transaction.query(`TRUNCATE ${names.join(", ")}`);
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  for (const table of tables) {
    onProgress(done, total, table.name);
    const sql = `COPY ${quote(table.name)} (${columnsOf(table)}) FROM STDIN`;
    await explaining(table, copyIn(client, sql, backup.rowsOf(table)));
    done += table.rows;
  }
  await backup.finish();
  await setSequences(transaction, sequences);
  await transaction.query("SET CONSTRAINTS ALL IMMEDIATE");
  await transaction.query(triggers("ENABLE"));
  await transaction.query(`ANALYZE ${names.join(", ")}`);
}

/** Names from a backup are used only where they are those of the database itself. */
function compareTables(given: BackupHeader["tables"], own: readonly BackupTable[]): void {
  const formOf = ({ name, columns }: BackupTable) => JSON.stringify([name, columns.toSorted()]);
  const forms = new Set(own.map(formOf));
  const stray = given.find((table) => !forms.delete(formOf(table)));
  if (stray) throw new BackupRefused(`its table \`${stray.name}\` is not one of its schema`);
  if (forms.size > 0) throw new BackupRefused("it lacks tables of its schema");
}

/** What the server says of rows that it cannot take is about the backup, and about nothing else. */
async function explaining({ name }: BackupTable, copy: Promise<void>): Promise<void> {
  try {
    await copy;
  } catch (error) {
    // Classes of data exceptions and broken constraints.
    if (!(error instanceof pg.DatabaseError) || !/^2[23]/.test(error.code ?? "")) throw error;
    throw new BackupRefused(`the rows of table \`${name}\` do not fit: ${error.message}`);
  }
}

async function setSequences(transaction: Transaction, sequences: readonly SequenceState[]): Promise<void> {
  for (const { name, value, isCalled } of sequences) {
    const [own] = await transaction.query(
      "SELECT FROM pg_class WHERE relname = $1 AND relkind = 'S' AND relnamespace = current_schema()::regnamespace",
      [name],
    );
    if (own === undefined) throw new BackupRefused(`its sequence \`${name}\` is not one of its schema`);
    await transaction.query("SELECT setval($1::regclass, $2, $3)", [quote(name), value, isCalled]);
  }
}
