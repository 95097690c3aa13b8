import { hashSql } from "./carrier-list.js";

/**
 * SQL that reads rows in order, the values of many rows put together into one list for each column. A value of its own for every cell of
 * hundreds of thousands of rows costs either side more than what is in it.
 *
 * @param together how many rows one row of the answer stands for: few where one may be long
 * @param columns a column, or what SQL makes of some, by the name of its list
 * @param order columns, divided by commas
 * @param others further lists, of rows by `number`
 */
export function columnsSql(
  from: string,
  condition: string,
  together: number,
  columns: Readonly<Record<string, string>>,
  order = "id",
  others: readonly string[] = [],
): string {
  const lists = Object.entries(columns).map(([name, column]) => `json_agg(${column} ORDER BY number) AS "${name}"`);
  return `
    SELECT ${[...lists, ...others].join(", ")}
    FROM (SELECT *, row_number() OVER (ORDER BY ${order}) - 1 AS number FROM ${from} WHERE ${condition}) AS numbered
    GROUP BY number / ${together} ORDER BY number / ${together}`;
}

/** The same for rows with an `id`; beside their columns `hashes` are the hashes of ids, eight bytes each. */
export function hashedColumnsSql(
  from: string,
  condition: string,
  together: number,
  columns: Readonly<Record<string, string>>,
): string {
  const hashes = `string_agg(int8send(${hashSql("id")}), ''::bytea ORDER BY number) AS hashes`;
  return columnsSql(from, condition, together, columns, "id", [hashes]);
}
