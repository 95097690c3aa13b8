import type { ObjectLiteral } from "typeorm";
import type { Database } from "./database.js";
import { refuseLosing } from "./refuse-losing.js";
import { stageRows } from "./stage-rows.js";
import { compareSql, deleteSql, insertSql, updateSql } from "./sync-sql.js";
import { describeTable, type Table } from "./table.js";
import type { TableContent } from "./table-content.js";
import type { Transaction } from "./transaction.js";

/** How many rows of one table changed. */
export interface TableChange {
  readonly table: string;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** How many of how many tables are done, and which is next. */
export type OnTable = (done: number, total: number, table: string) => void;

export interface SyncOptions {
  readonly onTable?: OnTable | undefined;
  /** Refuse when more than half of the rows of these tables, taken together or one by one, would go; with their names. */
  readonly mayNotShrink: ReadonlyMap<new () => ObjectLiteral, string>;
}

interface Difference {
  readonly content: TableContent;
  readonly table: Table;
  readonly change: TableChange;
  /** Rows within the scope before. */
  readonly held: number;
}

/**
 * Makes tables hold exactly the given rows within their scopes: the difference is found first, and only tables that
 * differ are written, because a statement that touches no row would still make a revision. The caller holds the lock
 * on revisions, so the difference stays true until it is written.
 *
 * @param contents each after those that it refers to by foreign key.
 * @returns the changes of tracked tables; those that did not change are left out.
 * @throws ImportRefused when guarded tables would shrink to less than half.
 */
export async function syncTables(
  db: Database,
  transaction: Transaction,
  contents: readonly TableContent[],
  options: SyncOptions,
): Promise<readonly TableChange[]> {
  const differences: Difference[] = [];
  for (const [done, content] of contents.entries()) {
    const table = describeTable(db.dataSource, content.entity);
    options.onTable?.(done, contents.length * 2, table.name);
    if (content.isStaged !== true) await stageRows(transaction, table, content.rows);
    differences.push(await compare(transaction, content, table));
  }
  refuseLosing(
    differences.flatMap(({ content, held, change: { removed } }) => {
      const kind = options.mayNotShrink.get(content.entity);
      return kind === undefined ? [] : [{ kind, held, removed }];
    }),
  );
  await write(transaction, differences, options.onTable);
  const changes = differences.filter(({ table }) => table.isTracked).map(({ change }) => change);
  return changes.filter(({ added, changed, removed }) => added + changed + removed > 0);
}

async function compare(transaction: Transaction, content: TableContent, table: Table): Promise<Difference> {
  const [counts] = await transaction.query<{ added: number; changed: number; removed: number; held: number }>(
    compareSql(table, content),
    content.scope.parameters,
  );
  const { held, ...change } = counts ?? { added: 0, changed: 0, removed: 0, held: 0 };
  return { content, table, held, change: { table: table.name, ...change } };
}

/** What others refer to comes first and goes last; a reference is turned before what it pointed to goes. */
async function write(
  transaction: Transaction,
  differences: readonly Difference[],
  onTable: OnTable | undefined,
): Promise<void> {
  for (const [done, { content, table, change }] of differences.entries()) {
    onTable?.(differences.length + done, differences.length * 2, table.name);
    if (change.added > 0) await transaction.query(insertSql(table));
    if (change.changed > 0) await transaction.query(updateSql(table, content));
  }
  for (const { content, table, change } of differences.toReversed()) {
    if (change.removed > 0) await transaction.query(deleteSql(table, content), content.scope.parameters);
  }
}
