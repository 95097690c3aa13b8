import type { Database } from "./database.js";
import { pastSql } from "./past-sql.js";
import { describeTable, type Table } from "./table.js";
import type { Transaction } from "./transaction.js";

/**
 * Runs `work` while every table of facts reads as it did at a past revision: temporary views stand before the tables,
 * so any query and any scope works on the past unchanged. Nothing can be written to facts meanwhile.
 *
 * @param revision digits, one that history still holds
 */
export async function atRevision<T>(
  db: Database,
  transaction: Transaction,
  revision: string,
  work: () => Promise<T>,
): Promise<T> {
  const tables = trackedTables(db);
  const views = tables.map((table) => `CREATE TEMPORARY VIEW ${table.name} AS ${pastSql(table, digits(revision))}`);
  await transaction.query(views.join(";\n"));
  const result = await work();
  await transaction.query(`DROP VIEW ${tables.map(({ name }) => `pg_temp.${name}`).join(", ")}`);
  return result;
}

/** The tables whose history is kept. */
export function trackedTables(db: Database): readonly Table[] {
  return db.dataSource.entityMetadatas.map(({ target }) => describeTable(db.dataSource, target)).filter(isTracked);
}

const isTracked = (table: Table) => table.isTracked;

/** A view takes no parameters, so the number becomes part of it. */
function digits(revision: string): string {
  if (/^[0-9]{1,18}$/.test(revision)) return revision;
  throw new Error(`\`${revision}\` is no revision`);
}
