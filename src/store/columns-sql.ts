import { hashSql } from "./carrier-list.js";

/**
 * SQL that reads rows of `id` and other columns in the order of `id`, the values of many rows put together into one list for each column. A
 * value of its own for every cell of hundreds of thousands of rows costs either side more than what is in it.
 *
 * @param together how many rows one row of the answer stands for: few where one may be long
 * @param columns column by the name of its list; beside them `hashes` are the hashes of ids, eight bytes each
 */
export function columnsSql(
  from: string,
  condition: string,
  together: number,
  columns: Readonly<Record<string, string>>,
): string {
  const lists = Object.entries(columns).map(([name, column]) => `json_agg(${column} ORDER BY number) AS "${name}"`);
  return `
    SELECT ${lists.join(", ")}, string_agg(int8send(${hashSql("id")}), ''::bytea ORDER BY number) AS hashes
    FROM (SELECT ${Object.values(columns).join(", ")}, row_number() OVER (ORDER BY id) - 1 AS number
          FROM ${from} WHERE ${condition}) AS numbered
    GROUP BY number / ${together} ORDER BY number / ${together}`;
}
