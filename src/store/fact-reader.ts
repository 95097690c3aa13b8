import type { ObjectLiteral } from "typeorm";
import type { Database } from "./database.js";
import type { Row } from "./entities/row.js";
import { inSlices } from "./in-slices.js";
import { pastSql, selectSql } from "./past-sql.js";
import { describeTable } from "./table.js";
import type { Scope } from "./table-content.js";
import type { Transaction } from "./transaction.js";

/** Reads tables of facts as they were at one revision, a part at a time: a whole company is too much to hold twice. */
export interface FactReader {
  /**
   * Makes something of each row, in the order of the table's key.
   * @param where an SQL condition for the rows; left out, all
   * @param also SQL that gives texts beside the columns, by name
   */
  readonly readRows: <E extends ObjectLiteral, T, A extends string = never>(
    entity: new () => E,
    make: (row: Row<E> & Readonly<Record<A, string>>) => T,
    where?: Scope,
    also?: Readonly<Record<A, string>>,
  ) => Promise<readonly T[]>;
  /**
   * Visits what a query gives that is made from the name of a table, or from what stands for it in the past.
   * @param batch how many rows come at once; few where each stands for many
   */
  readonly visitRows: <R>(
    entity: new () => ObjectLiteral,
    sql: (from: string) => string,
    visit: (row: R) => void,
    parameters?: readonly unknown[],
    batch?: number,
  ) => Promise<void>;
}

/** How many rows come at once. */
const BATCH = 2_000;

/** @param revision `undefined` for the newest, which needs no look at history. */
export function factReader(db: Database, transaction: Transaction, revision: string | undefined): FactReader {
  const visitRows = async <R>(
    entity: new () => ObjectLiteral,
    sql: (from: string) => string,
    visit: (row: R) => void,
    parameters: readonly unknown[] = [],
    batch = BATCH,
  ) => {
    const table = describeTable(db.dataSource, entity);
    const past = `(${pastSql(table, `$${parameters.length + 1}`)})`;
    const query = sql(`${revision === undefined ? table.name : past} AS facts`);
    await transaction.query(
      `DECLARE facts_cursor NO SCROLL CURSOR FOR ${query}`,
      revision === undefined ? parameters : [...parameters, revision],
    );
    await visitBatches(() => transaction.query<R>(`FETCH ${batch} FROM facts_cursor`), batch, visit);
    await transaction.query("CLOSE facts_cursor");
  };
  const readRows = async <E extends ObjectLiteral, T, A extends string = never>(
    entity: new () => E,
    make: (row: Row<E> & Readonly<Record<A, string>>) => T,
    where: Scope = { sql: "true", parameters: [] },
    also?: Readonly<Record<A, string>>,
  ) => {
    const table = describeTable(db.dataSource, entity);
    const texts = Object.entries<string>(also ?? {}).map(([name, sql]) => `, ${sql} AS "${name}"`);
    const columns = `${selectSql(table)}${texts.join("")}`;
    const rows: T[] = [];
    await visitRows<Row<E> & Readonly<Record<A, string>>>(
      entity,
      (from) => `SELECT ${columns} FROM ${from} WHERE ${where.sql} ORDER BY ${table.keys.join(", ")}`,
      (row) => rows.push(make(row)),
      where.parameters,
    );
    return rows;
  };
  return { readRows, visitRows };
}

/** The server works on the next rows while those that came are visited. */
async function visitBatches<R>(
  fetchRows: () => Promise<readonly R[]>,
  batch: number,
  visit: (row: R) => void,
): Promise<void> {
  let coming = fetchRows();
  try {
    for (;;) {
      const rows = await coming;
      const isLast = rows.length < batch;
      if (!isLast) coming = fetchRows();
      await inSlices(visitInSteps(rows, visit));
      if (isLast) return;
    }
  } finally {
    // Whatever failed here is what counts.
    await coming.catch(() => undefined);
  }
}

/** One row may stand for a thousand attachments. */
function* visitInSteps<R>(rows: readonly R[], visit: (row: R) => void): Generator<undefined, void, undefined> {
  for (const row of rows) {
    visit(row);
    yield undefined;
  }
}
