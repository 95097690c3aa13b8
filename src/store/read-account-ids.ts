import type { Database } from "./database.js";
import { AccountEntity } from "./entities/account.entity.js";
import { pastSql } from "./past-sql.js";
import { describeTable } from "./table.js";
import { readTogether } from "./transaction.js";

/** Ids of the accounts that were there at a revision, in byte order. */
export async function readAccountIds(db: Database, revision: string): Promise<readonly string[]> {
  const past = pastSql(describeTable(db.dataSource, AccountEntity), "$1");
  const rows = await readTogether(db, (transaction) =>
    transaction.query<{ id: string }>(`SELECT id FROM (${past}) AS past ORDER BY id COLLATE "C"`, [revision]),
  );
  return rows.map(({ id }) => id);
}
