import type { ObjectLiteral } from "typeorm";
import type { Database } from "./database.js";
import type { Row } from "./entities/row.js";
import { instant } from "./read-revision.js";
import { describeTable, type Table, type TableColumn } from "./table.js";
import type { Transaction } from "./transaction.js";

/** Reads one table whole, in the order of its key, as it was at one revision. */
export type ReadRows = <E extends ObjectLiteral>(entity: new () => E) => Promise<readonly Row<E>[]>;

/** @param revision `undefined` for the newest, which needs no look at history. */
export function rowsAt(db: Database, transaction: Transaction, revision: string | undefined): ReadRows {
  return async <E extends ObjectLiteral>(entity: new () => E) => {
    const table = describeTable(db.dataSource, entity);
    return revision === undefined
      ? await transaction.query<Row<E>>(`SELECT ${columns(table)} FROM ${table.name} ORDER BY ${table.keys.join(", ")}`)
      : await transaction.query<Row<E>>(
          `SELECT ${columns(table)} FROM (${pastSql(table, "$1")}) AS past ORDER BY ${table.keys.join(", ")}`,
          [revision],
        );
  };
}

/** Rows that still are, and rows that have been, as far as they held at a revision, which is an SQL expression. */
export function pastSql(table: Table, revision: string): string {
  const names = table.columns.map(({ name }) => name).join(", ");
  return `SELECT ${names} FROM ${table.name} WHERE since_revision <= ${revision}
          UNION ALL
          SELECT ${names} FROM ${table.name}_history WHERE since_revision <= ${revision} AND until_revision > ${revision}`;
}

const columns = (table: Table) =>
  table.columns.map((column) => `${valueSql(column)} AS "${column.property}"`).join(", ");

const valueSql = ({ name, type }: TableColumn) => (type === "timestamp with time zone" ? instant(name) : name);
