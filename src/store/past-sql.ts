import { instant } from "./read-revision.js";
import type { Table, TableColumn } from "./table.js";

/** Rows that still are, and rows that have been, as far as they held at a revision, which is an SQL expression. */
export function pastSql(table: Table, revision: string): string {
  const names = table.columns.map(({ name }) => name).join(", ");
  return `SELECT ${names} FROM ${table.name} WHERE since_revision <= ${revision}
          UNION ALL
          SELECT ${names} FROM ${table.name}_history WHERE since_revision <= ${revision} AND until_revision > ${revision}`;
}

/** The columns of a table under the names that rows have in the program. */
export function selectSql(table: Table): string {
  return table.columns.map((column) => `${valueSql(column)} AS "${column.property}"`).join(", ");
}

const valueSql = ({ name, type }: TableColumn) => (type === "timestamp with time zone" ? instant(name) : name);
