import { setTimeout as sleep } from "node:timers/promises";
import { MigrationExecutor } from "typeorm";
import { MIGRATIONS } from "../../../migrations/index.js";
import type { Database } from "../database.js";
import type { Transaction } from "../transaction.js";
import { BackupRefused } from "./backup-refused.js";
import type { BackupConnection } from "./connection.js";
import { quote } from "./format.js";
import { listTables, ownTables } from "./own-tables.js";

/** How many sessions of ramgraph's, but this one, are in the database. */
const OTHERS = `
  SELECT count(*)::int AS count FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'ramgraph' AND pid <> pg_backend_pid()`;

/**
 * Takes the schema away, with everything in it.
 *
 * @param replace also where the database holds something
 * @throws BackupRefused when the database is in use, holds something that is to stay, or is not ours
 */
export async function clearSchema(db: Database, connection: BackupConnection, replace: boolean): Promise<void> {
  await refuseInUse(connection.transaction);
  if (!replace && !(await isVacant(connection.transaction))) {
    throw new BackupRefused("the database holds something already: give an empty one, or `--replace` what it holds");
  }
  const { executor, known } = migrations(db, connection);
  const unknown = (await executor.getExecutedMigrations()).find(({ name }) => !known.has(name));
  if (unknown) throw new BackupRefused(`a newer ramgraph made the database's schema (\`${unknown.name}\`)`);
  await dropSchema(connection.transaction, new Set([...ownTables(db.dataSource), "migration"]));
}

/** Migrations taken back one by one would go through every row, only to drop it. */
async function dropSchema(transaction: Transaction, own: ReadonlySet<string>): Promise<void> {
  const tables = (await listTables(transaction)).map(({ name }) => name).filter((name) => own.has(name));
  const functions = await transaction.query<{ name: string }>(
    `SELECT DISTINCT tgfoid::regprocedure::text AS name FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
     WHERE relnamespace = current_schema()::regnamespace AND relname = ANY($1) AND NOT tgisinternal`,
    [tables],
  );
  if (tables.length > 0) await transaction.query(`DROP TABLE ${tables.map(quote).join(", ")}`);
  for (const { name } of functions) await transaction.query(`DROP FUNCTION ${name}`);
}

/** A server knows states by their revisions, and would take another state with the same number for the one that it has. */
async function refuseInUse(transaction: Transaction): Promise<void> {
  // Sessions that have just been left take a moment to end.
  for (let looks = 0; looks < 10; looks += 1) {
    if (looks > 0) await sleep(200);
    await transaction.query("SELECT pg_stat_clear_snapshot()");
    const [others] = await transaction.query<{ count: number }>(OTHERS);
    if (others?.count === 0) return;
  }
  throw new BackupRefused("the database is in use: stop the servers and commands that use it");
}

/**
 * Makes the schema of these migrations.
 *
 * @returns names of the tables that they made
 * @throws BackupRefused when one is not known, or what is there already is in their way
 */
export async function makeSchema(
  db: Database,
  connection: BackupConnection,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const { executor, known } = migrations(db, connection);
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) throw new BackupRefused(`a newer ramgraph made it: \`${unknown}\` is not known here`);
  const before = new Set((await listTables(connection.transaction)).map(({ name }) => name));
  const foreign = [...ownTables(db.dataSource)].find((name) => before.has(name));
  if (foreign !== undefined) throw new BackupRefused(`the database has a table \`${foreign}\` that is not ours`);
  for (const migration of await executor.getPendingMigrations()) {
    if (names.includes(migration.name)) await executor.executeMigration(migration);
  }
  const after = (await listTables(connection.transaction)).map(({ name }) => name);
  return new Set(after.filter((name) => !before.has(name) && name !== "migration"));
}

/** Brings the schema up to date; gives the names of the migrations that it took. */
export async function migrateUp(db: Database, connection: BackupConnection): Promise<readonly string[]> {
  const { executor } = migrations(db, connection);
  const pending = await executor.getPendingMigrations();
  for (const migration of pending) await executor.executeMigration(migration);
  return pending.map(({ name }) => name);
}

function migrations({ dataSource }: Database, { runner }: BackupConnection) {
  return { executor: new MigrationExecutor(dataSource, runner), known: new Set(MIGRATIONS.map(({ name }) => name)) };
}

/** Whether anything was ever imported or handed out: every fact has made a revision, and every attempt a record. */
async function isVacant(transaction: Transaction): Promise<boolean> {
  const names = new Set((await listTables(transaction)).map(({ name }) => name));
  const looks = [
    ["revision_counter", "revision > 0"],
    ["import_run", "true"],
    ["api_token", "true"],
  ] as const;
  for (const [name, sql] of looks) {
    if (!names.has(name)) continue;
    const rows = await transaction.query(`SELECT 1 FROM ${name} WHERE ${sql} LIMIT 1`);
    if (rows.length > 0) return false;
  }
  return true;
}
