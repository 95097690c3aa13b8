import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type RunningServer, runCommand, startServer } from "../ramgraph-process.js";
import { ask, parse } from "../server/send.js";
import { type Pooler, startPooler } from "./start-pooler.js";

/** So few that two sessions which wait for each other on connections of their own would wait for ever. */
const CONNECTIONS = 3;

const account = join(import.meta.dirname, "../fixtures/accounts/acme");
const page = join(import.meta.dirname, "../fixtures/pages/system-policies.txt");

let database: TestDatabase;
let pooler: Pooler;
let servers: readonly RunningServer[];
let settings: { readonly DATABASE_URL: string; readonly LOG_LEVEL: string };

beforeAll(async () => {
  database = await createTestDatabase({ isEmpty: true });
  pooler = await startPooler(database.url, CONNECTIONS);
  settings = { DATABASE_URL: pooler.url, LOG_LEVEL: "warn" };
});

afterAll(async () => {
  await Promise.all(servers.map(({ stop }) => stop()));
  await pooler.stop();
  await database.drop();
});

async function sql<Row extends pg.QueryResultRow>(text: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Every server, asked for no older state than that. */
async function askAll(minRevision: string): Promise<readonly string[]> {
  const at = `(at: { minRevision: "${minRevision}" })`;
  const query = `{ snapshot${at} { revision } accounts${at} { nodes { alias } } }`;
  return await Promise.all(servers.map(async ({ origin }) => (await ask(origin, query)).body));
}

async function run(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runCommand([...args, "--json"], settings);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return parse(stdout) as Record<string, unknown>;
}

test("more servers than it has connections start at once on an empty database", async () => {
  servers = await Promise.all(Array.from({ length: 5 }, () => startServer(settings)));
  for (const body of await askAll("1")) expect(body).toContain('{"revision":"1"}');
});

test("imports, also at once, are seen by every server, which polls", async () => {
  const imported = await run("import", "account", account);
  for (const body of await askAll(String(imported.revision))) {
    expect(body).toContain('"alias":"acme"');
  }
  const both = await Promise.all([run("import", "docs", page), run("import", "account", account)]);
  expect(both.map(({ revision }) => revision)).toEqual(["3", null]);
  for (const body of await askAll("3")) expect(body).toContain('{"revision":"3"}');
});

test("the past is read, imports are listed and taken back, accounts forgotten, history pruned", async () => {
  const past = await ask(servers[0]?.origin ?? "", '{ accounts(at: { revision: "1" }) { nodes { alias } } }');
  expect(past.body).not.toContain("acme");
  const reverted = await run("imports", "revert", "2");
  for (const body of await askAll(String(reverted.revision))) {
    expect(body).not.toContain("acme");
  }
  expect(await runCommand(["token", "create", "--name", "t", "--all-accounts"], settings)).toMatchObject({ code: 0 });
  expect(await runCommand(["prune", "--older-than", "1h"], settings)).toMatchObject({ code: 0 });
});

test("no connection that it lends holds any state of ours, and it had nothing to complain about", async () => {
  const sessions = await sql<{ pid: number; query: string }>(
    `SELECT pid, query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  expect(sessions.length).toBeGreaterThan(0);
  expect(sessions.length).toBeLessThanOrEqual(CONNECTIONS);
  expect(sessions.filter(({ query }) => /LISTEN|PREPARE/.test(query))).toEqual([]);
  expect(await sql("SELECT * FROM pg_locks WHERE locktype = 'advisory'")).toEqual([]);
  const client = new pg.Client({ connectionString: pooler.url });
  await client.connect();
  const lent = await client.query(
    `SELECT (SELECT count(*)::int FROM pg_prepared_statements) AS prepared,
            (SELECT count(*)::int FROM pg_listening_channels()) AS listening,
            current_setting('statement_timeout') AS timeout`,
  );
  await client.end();
  expect(lent.rows).toEqual([{ prepared: 0, listening: 0, timeout: "0" }]);
  expect(await pooler.complaints()).toEqual([]);
});
