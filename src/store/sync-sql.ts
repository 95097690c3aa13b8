import type { Table } from "./table.js";
import type { TableContent } from "./table-content.js";

/** Counts what separates the staged rows from the live ones within the scope. */
export function compareSql(table: Table, { scope, incidental }: TableContent): string {
  const [key] = table.keys;
  return `
    SELECT (count(*) FILTER (WHERE live.${key} IS NULL))::integer AS added,
           (count(*) FILTER (WHERE staged.${key} IS NULL))::integer AS removed,
           (count(*) FILTER (WHERE live.${key} IS NOT NULL AND staged.${key} IS NOT NULL
                             AND ${differs(table, incidental)}))::integer AS changed,
           count(live.${key})::integer AS held
    FROM staged_${table.name} AS staged
    FULL JOIN (SELECT * FROM ${table.name} WHERE ${scope.sql}) AS live ON ${sameKey(table)}`;
}

export const deleteSql = (table: Table, { scope }: TableContent) =>
  `DELETE FROM ${table.name} AS live WHERE (${scope.sql})
   AND NOT EXISTS (SELECT FROM staged_${table.name} AS staged WHERE ${sameKey(table)})`;

export function insertSql(table: Table): string {
  const names = table.columns.map((column) => column.name).join(", ");
  return `INSERT INTO ${table.name} (${names}) SELECT ${names} FROM staged_${table.name} AS staged
          WHERE NOT EXISTS (SELECT FROM ${table.name} AS live WHERE ${sameKey(table)})`;
}

export function updateSql(table: Table, { incidental }: TableContent): string {
  const assignments = valuesOf(table).map(({ name }) => `${name} = staged.${name}`);
  return `UPDATE ${table.name} AS live SET ${assignments.join(", ")} FROM staged_${table.name} AS staged
          WHERE ${sameKey(table)} AND ${differs(table, incidental)}`;
}

function differs(table: Table, incidental: readonly string[]): string {
  const compared = valuesOf(table).filter((column) => !incidental.includes(column.property));
  if (compared.length === 0) return "false";
  const side = (alias: string) => `ROW(${compared.map(({ name }) => `${alias}.${name}`).join(", ")})`;
  return `${side("staged")} IS DISTINCT FROM ${side("live")}`;
}

const valuesOf = (table: Table) => table.columns.filter((column) => !table.keys.includes(column.name));

const sameKey = (table: Table) => table.keys.map((key) => `staged.${key} = live.${key}`).join(" AND ");
