import { trackedTables } from "./at-revision.js";
import type { Database } from "./database.js";
import { FindingEntity } from "./entities/finding.entity.js";
import { holdHistoryAlone, tellWatchers } from "./history-floor.js";
import { ownSources } from "./import-account.js";
import { type OwnContent, ownContents } from "./own-contents.js";
import { chooseSharedPolicies } from "./shared-policies.js";
import { describeTable } from "./table.js";
import type { Scope } from "./table-content.js";
import type { Transaction } from "./transaction.js";

/** How many rows of a table name an account that is not theirs. */
export interface Mention {
  readonly table: string;
  readonly rows: number;
}

export interface Erasure {
  readonly erased: number;
  readonly mentions: readonly Mention[];
}

/** Who stated facts of the cloud that others state too, once the account that did is erased. */
const NOBODY = "source:ACCOUNT_EXPORT:erased";

/** Removes from history and from the records of imports an account that has no facts any more. */
export async function eraseAccount(db: Database, transaction: Transaction, id: string): Promise<Erasure> {
  await holdHistoryAlone(transaction);
  await orphanSharedPolicies(transaction, id);
  const rows = await inHistory(db, transaction, () => eraseRows(db, transaction, id));
  const runs = await transaction.query("DELETE FROM import_run WHERE subject = $1 RETURNING id", [id]);
  await transaction.query(
    "UPDATE import_run SET message = replace(message, $1, 'an erased account') WHERE position($1 IN message) > 0",
    [id],
  );
  await transaction.query("UPDATE history_floor SET erasures = erasures + 1");
  await tellWatchers(transaction);
  return { erased: rows + runs.length, mentions: await findMentions(db, transaction, id) };
}

/** Runs `work` while the names of tables mean their histories: views that can be written through stand before them. */
async function inHistory<T>(db: Database, transaction: Transaction, work: () => Promise<T>): Promise<T> {
  const tables = trackedTables(db);
  const views = tables.map(({ name }) => `CREATE TEMPORARY VIEW ${name} AS SELECT * FROM ${name}_history`);
  await transaction.query(views.join(";\n"));
  const result = await work();
  await transaction.query(`DROP VIEW ${tables.map(({ name }) => `pg_temp.${name}`).join(", ")}`);
  return result;
}

async function eraseRows(db: Database, transaction: Transaction, id: string): Promise<number> {
  const nothing = await chooseSharedPolicies(transaction, [], { sql: "false", parameters: [] });
  let erased = 0;
  for (const content of ownContents(id, nothing).toReversed()) {
    const { name } = describeTable(db.dataSource, content.entity);
    const { sql, parameters } = scopeOf(content, id);
    const [count] = await transaction.query<{ rows: number }>(
      `WITH gone AS (DELETE FROM ${name} WHERE ${sql} RETURNING 1) SELECT count(*)::integer AS rows FROM gone`,
      parameters,
    );
    erased += count?.rows ?? 0;
  }
  return erased;
}

/** Findings of others go too where they name the account's export, over whose statement theirs won or lost. */
function scopeOf({ entity, own }: OwnContent, id: string): Scope {
  if (entity !== FindingEntity) return own;
  const named = "SELECT FROM source WHERE account_id = $1 AND position('`' || key || '`' IN message) > 0";
  return { sql: `${ownSources(id, "source_key").sql} OR EXISTS (${named})`, parameters: [id] };
}

/**
 * A policy of the cloud that others state too stays in history, without a word of the account that stated it then; one
 * that nobody else ever stated goes.
 */
async function orphanSharedPolicies(transaction: Transaction, id: string): Promise<void> {
  const sources = await transaction.query<{ key: string }>("SELECT key FROM source_history WHERE account_id = $1", [
    id,
  ]);
  const keys = sources.map(({ key }) => key);
  const gone = await transaction.query<{ id: string }>(
    `DELETE FROM policy_history WHERE account_id IS NULL AND source_key = ANY($1) AND id NOT IN (
       SELECT policy_id FROM policy_claim WHERE source_key <> ALL($1)
       UNION SELECT policy_id FROM policy_claim_history WHERE source_key <> ALL($1)) RETURNING id`,
    [keys],
  );
  await transaction.query(
    `DELETE FROM policy_version_history WHERE policy_id = ANY($1) AND NOT EXISTS (
       SELECT FROM policy_history WHERE id = policy_id)`,
    [gone.map((policy) => policy.id)],
  );
  await transaction.query(
    "UPDATE policy_history SET source_key = $2 WHERE account_id IS NULL AND source_key = ANY($1)",
    [keys, NOBODY],
  );
  await transaction.query("DELETE FROM source_history WHERE key = $1", [NOBODY]);
  await transaction.query(
    `INSERT INTO source_history (until_revision, since_revision, key, kind, title, sha256, imported_at)
     SELECT max(until_revision), min(since_revision), $1, 'ACCOUNT_EXPORT', 'an account that was erased', repeat('0', 64),
            clock_timestamp()
     FROM policy_history WHERE source_key = $1 HAVING count(*) > 0`,
    [NOBODY],
  );
}

/** The number stands alone: another account's may hold it within. */
async function findMentions(db: Database, transaction: Transaction, id: string): Promise<readonly Mention[]> {
  const tables = trackedTables(db).flatMap(({ name }) => [name, `${name}_history`]);
  const counts = tables.map(
    (name) => `SELECT '${name}' AS table, count(*)::integer AS rows FROM ${name} AS one WHERE one::text ~ $1`,
  );
  return await transaction.query<Mention>(`SELECT * FROM (${counts.join(" UNION ALL ")}) AS counts WHERE rows > 0`, [
    `(^|[^0-9])${id}([^0-9]|$)`,
  ]);
}
