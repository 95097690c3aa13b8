import type { ObjectLiteral } from "typeorm";
import type { Table } from "./table.js";
import type { Scope } from "./table-content.js";
import type { Transaction } from "./transaction.js";

/** Characters of JSON in one statement: large enough to be fast, small enough for Postgres's limit of 1 GB a value. */
const CHUNK = 2_000_000;

/**
 * Lays rows into a temporary table `staged_<table>`. They travel as one JSON parameter, so neither the limit of 65,535
 * parameters nor the number of round trips grows with them; two rows with one key are refused by the primary key.
 */
export async function stageRows(transaction: Transaction, table: Table, rows: Iterable<ObjectLiteral>): Promise<void> {
  await makeStage(transaction, table);
  await addRows(transaction, table, rows);
  await closeStage(transaction, table);
}

/**
 * Lays what the table itself holds within a scope, and some rows more, into `staged_<table>`: for a state that is
 * elsewhere in the database, such as a past one.
 */
export async function stageSelected(
  transaction: Transaction,
  table: Table,
  { sql, parameters }: Scope,
  rows: Iterable<ObjectLiteral>,
): Promise<void> {
  await makeStage(transaction, table);
  const names = namesOf(table);
  await transaction.query(
    `INSERT INTO ${stageOf(table)} (${names}) SELECT ${names} FROM ${table.name} WHERE ${sql}`,
    parameters,
  );
  await addRows(transaction, table, rows);
  await closeStage(transaction, table);
}

async function makeStage(transaction: Transaction, table: Table): Promise<void> {
  await transaction.query(
    `CREATE TEMPORARY TABLE ${stageOf(table)} ON COMMIT DROP AS SELECT ${namesOf(table)} FROM ${table.name} WITH NO DATA`,
  );
}

async function addRows(transaction: Transaction, table: Table, rows: Iterable<ObjectLiteral>): Promise<void> {
  const fields = table.columns.map((column) => `"${column.property}" ${column.type}`).join(", ");
  const values = table.columns.map((column) => `"${column.property}"`).join(", ");
  for (const json of chunks(rows)) {
    await transaction.query(
      `INSERT INTO ${stageOf(table)} (${namesOf(table)}) SELECT ${values} FROM json_to_recordset($1::json) AS rows(${fields})`,
      [json],
    );
  }
}

async function closeStage(transaction: Transaction, table: Table): Promise<void> {
  await transaction.query(`ALTER TABLE ${stageOf(table)} ADD PRIMARY KEY (${table.keys.join(", ")})`);
  await transaction.query(`ANALYZE ${stageOf(table)}`);
}

const stageOf = (table: Table) => `staged_${table.name}`;
const namesOf = (table: Table) => table.columns.map((column) => column.name).join(", ");

/** Rows as JSON arrays of bounded length. */
function* chunks(rows: Iterable<ObjectLiteral>): Generator<string> {
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
