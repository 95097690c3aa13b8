import type { ObjectLiteral } from "typeorm";
import type { Table } from "./table.js";
import type { Transaction } from "./transaction.js";

/** Characters of JSON in one statement: large enough to be fast, small enough for Postgres's limit of 1 GB a value. */
const CHUNK = 8_000_000;

/**
 * Lays rows into a temporary table `staged_<table>`. They travel as one JSON parameter, so neither the limit of 65,535
 * parameters nor the number of round trips grows with them; two rows with one key are refused by the primary key.
 */
export async function stageRows(transaction: Transaction, table: Table, rows: readonly ObjectLiteral[]): Promise<void> {
  const names = table.columns.map((column) => column.name).join(", ");
  const staged = `staged_${table.name}`;
  await transaction.query(
    `CREATE TEMPORARY TABLE ${staged} ON COMMIT DROP AS SELECT ${names} FROM ${table.name} WITH NO DATA`,
  );
  const fields = table.columns.map((column) => `"${column.property}" ${column.type}`).join(", ");
  const values = table.columns.map((column) => `"${column.property}"`).join(", ");
  for (const json of chunks(rows)) {
    await transaction.query(
      `INSERT INTO ${staged} (${names}) SELECT ${values} FROM json_to_recordset($1::json) AS rows(${fields})`,
      [json],
    );
  }
  await transaction.query(`ALTER TABLE ${staged} ADD PRIMARY KEY (${table.keys.join(", ")})`);
  await transaction.query(`ANALYZE ${staged}`);
}

/** Rows as JSON arrays of bounded length. */
export function* chunks(rows: readonly ObjectLiteral[]): Generator<string> {
  let texts: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    texts.push(text);
    length += text.length;
    if (length < CHUNK) continue;
    yield `[${texts.join(",")}]`;
    texts = [];
    length = 0;
  }
  if (texts.length > 0) yield `[${texts.join(",")}]`;
}
