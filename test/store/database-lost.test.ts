import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import pg from "pg";
import { DatabaseLost } from "../../src/store/database-lost.js";
import { writeTogether } from "../../src/store/transaction.js";
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
