import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import pg from "pg";
import { DatabaseLost } from "../../src/store/database-lost.js";
import { readTogether, writeTogether } from "../../src/store/transaction.js";
import { withDatabase } from "./open.js";

const at = withDatabase();

async function endOthers(): Promise<void> {
  const client = new pg.Client({ connectionString: at.db.url });
  await client.connect();
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await client.end();
}

test.each([
  ["between two statements, long before the next", 100],
  ["between two statements, just before the next", 0],
])("a connection that breaks %s is a lost database in one sentence", async (_, pause) => {
  const work = writeTogether(at.db, async (transaction) => {
    await transaction.query("SELECT 1");
    await endOthers();
    await sleep(pause);
    return await transaction.query("SELECT 2");
  });
  await expect(work).rejects.toThrow(DatabaseLost);
  await expect(work).rejects.toThrow(/^the database went away \(.*\); what was under way is there whole or not at all/);
});

test.each([
  ["a table that somebody locked", "SET LOCAL lock_timeout = '50ms'", "SELECT FROM service", "had a table locked"],
  ["a slow statement", "SET LOCAL statement_timeout = '50ms'", "SELECT pg_sleep(30)", "was too slow"],
])("%s is waited for a while only, and told in one sentence", async (_, limit, sql, words) => {
  const client = new pg.Client({ connectionString: at.db.url });
  await client.connect();
  await client.query("BEGIN; LOCK TABLE service IN ACCESS EXCLUSIVE MODE");
  const work = writeTogether(at.db, async (transaction) => {
    await transaction.query(limit);
    return await transaction.query(sql);
  });
  await expect(work).rejects.toThrow(DatabaseLost);
  await expect(work).rejects.toThrow(`the database ${words}`);
  await client.query("COMMIT");
  await client.end();
});

test("statements, locks and idle transactions have their limits in every transaction", async () => {
  const rows = await readTogether(at.db, (transaction) =>
    transaction.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings
       WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') ORDER BY name`,
    ),
  );
  expect(rows).toEqual([
    { name: "idle_in_transaction_session_timeout", setting: "60000" },
    { name: "lock_timeout", setting: "15000" },
    { name: "statement_timeout", setting: "60000" },
  ]);
});
