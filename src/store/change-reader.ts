import type { ObjectLiteral } from "typeorm";
import type { Database } from "./database.js";
import type { Row } from "./entities/row.js";
import { selectSql } from "./past-sql.js";
import { describeTable } from "./table.js";
import type { Transaction } from "./transaction.js";

/** Reads what differs between a past revision and now. */
export interface ChangeReader {
  /** Rows that are new or otherwise. */
  readonly begun: <E extends ObjectLiteral, T>(entity: new () => E, make: (row: Row<E>) => T) => Promise<readonly T[]>;
  /** Rows as they were then that are otherwise now, or not there any more. */
  readonly ended: <E extends ObjectLiteral, T>(entity: new () => E, make: (row: Row<E>) => T) => Promise<readonly T[]>;
}

/** @param touched names of all tables in which something differs: of others nothing is read */
export function changesSince(
  db: Database,
  transaction: Transaction,
  revision: string,
  touched: Pick<ReadonlySet<string>, "has">,
): ChangeReader {
  const read = async <E extends ObjectLiteral, T>(
    entity: new () => E,
    make: (row: Row<E>) => T,
    suffix: string,
    condition: string,
  ): Promise<readonly T[]> => {
    const table = describeTable(db.dataSource, entity);
    if (!touched.has(table.name)) return [];
    const sql = `SELECT ${selectSql(table)} FROM ${table.name}${suffix} WHERE ${condition} ORDER BY ${table.keys.join(", ")}`;
    return (await transaction.query<Row<E>>(sql, [revision])).map(make);
  };
  return {
    begun: (entity, make) => read(entity, make, "", BEGUN),
    ended: (entity, make) => read(entity, make, "_history", ENDED),
  };
}

const BEGUN = "since_revision > $1";
const ENDED = "until_revision > $1 AND since_revision <= $1";

/**
 * How many rows began or ended since a revision, by table; tables without any are left out. Counting ends at a limit.
 * @param tables names
 */
export async function countChanges(
  transaction: Transaction,
  tables: readonly string[],
  revision: string,
  limit: number,
): Promise<ReadonlyMap<string, number>> {
  const count = (from: string, condition: string) =>
    `(SELECT count(*)::integer FROM (SELECT FROM ${from} WHERE ${condition} LIMIT ${limit}) AS changed)`;
  const counts = tables.map(
    (name) => `SELECT '${name}' AS name, ${count(name, BEGUN)} + ${count(`${name}_history`, ENDED)} AS rows`,
  );
  const rows = await transaction.query<{ name: string; rows: number }>(
    `SELECT * FROM (${counts.join(" UNION ALL ")}) AS counts WHERE rows > 0`,
    [revision],
  );
  return new Map(rows.map(({ name, rows: changed }) => [name, changed]));
}
