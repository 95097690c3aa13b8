import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { runCommand } from "../ramgraph-process.js";

// Each import is a process of its own, which starts slowly while other tests keep the machine busy.
const accounts = join(import.meta.dirname, "../fixtures/accounts");
let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

const importOf = (name: string) =>
  runCommand(["import", "account", join(accounts, name), "--json"], { DATABASE_URL: database.url });

/** How many wait for a lock of that kind. */
async function waiting(condition: string): Promise<number> {
  const { rowCount } = await client.query(`SELECT FROM pg_locks WHERE NOT granted AND ${condition}`);
  return rowCount ?? 0;
}

test("of two accounts at once both land; of one account at once, one waits and finds nothing to do", async () => {
  await client.query("BEGIN; SELECT FROM revision_counter FOR UPDATE");
  const imports = ["acme", "acme", "holding"].map(importOf);
  while ((await waiting("locktype = 'advisory'")) !== 1 || (await waiting("locktype <> 'advisory'")) < 2)
    await sleep(50);
  await client.query("COMMIT");
  const ended = await Promise.all(imports);
  expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual(ended.map(() => [0, ""]));
  const { rows } = await client.query(
    "SELECT subject, outcome, revision::text FROM import_run ORDER BY subject, outcome",
  );
  expect(rows).toEqual([
    { subject: "1000000000000001", outcome: "CHANGED", revision: expect.stringMatching(/^[12]$/) },
    { subject: "1000000000000001", outcome: "UNCHANGED", revision: null },
    { subject: "2000000000000002", outcome: "CHANGED", revision: expect.stringMatching(/^[12]$/) },
  ]);
});
