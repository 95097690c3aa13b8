import type { DataSource } from "typeorm";
import type { Transaction } from "../transaction.js";

/** A table as a backup names it. */
export interface BackupTable {
  readonly name: string;
  /** In the order of its rows' values. */
  readonly columns: readonly string[];
}

/** What is no entity: the counters that revisions and history hang on. */
const COUNTERS = ["history_floor", "revision_counter", "revision_log", "lost_revisions"];

/** Every table of the current schema with its columns, each behind those that it refers to. */
export async function listTables(transaction: Transaction): Promise<readonly BackupTable[]> {
  const tables = await transaction.query<BackupTable>(`
    SELECT relname AS name, array_agg(attname::text ORDER BY attnum) AS columns
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
      AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    GROUP BY relname ORDER BY relname COLLATE "C"`);
  const links = await transaction.query<{ name: string; target: string }>(`
    SELECT DISTINCT own.relname AS name, other.relname AS target
    FROM pg_constraint JOIN pg_class own ON own.oid = conrelid JOIN pg_class other ON other.oid = confrelid
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conrelid <> confrelid`);
  return sortByLinks(tables, links);
}

/** Names of all tables of ours, whatever the age of the schema: what a migration drops has to stay named here. */
export function ownTables(dataSource: DataSource): ReadonlySet<string> {
  const entities = dataSource.entityMetadatas.map(({ tableName }) => tableName);
  return new Set([...COUNTERS, ...entities.flatMap((name) => [name, `${name}_history`])]);
}

function sortByLinks(
  tables: readonly BackupTable[],
  links: readonly { readonly name: string; readonly target: string }[],
): readonly BackupTable[] {
  const sorted = new Set<BackupTable>();
  const place = (table: BackupTable, above: readonly string[]): void => {
    if (sorted.has(table)) return;
    if (above.includes(table.name)) throw new Error(`tables refer to each other in a ring: ${above.join(", ")}`);
    for (const { target } of links.filter(({ name }) => name === table.name)) {
      const other = tables.find(({ name }) => name === target);
      if (other !== undefined) place(other, [...above, table.name]);
    }
    sorted.add(table);
  };
  for (const table of tables) place(table, []);
  return [...sorted];
}
