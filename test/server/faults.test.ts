import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type RunningServer, startServer } from "../ramgraph-process.js";
import { ask, parse } from "./send.js";

let database: TestDatabase;
let server: RunningServer;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ DATABASE_URL: database.url, LOG_LEVEL: "silent" });
});

beforeEach(async () => {
  client = await connect();
});

afterEach(async () => {
  await client.end();
});

afterAll(async () => {
  expect(await server.stop()).toMatchObject({ code: 0 });
  await database.drop();
});

async function connect(): Promise<pg.Client> {
  const connected = new pg.Client({ connectionString: database.url });
  await connected.connect();
  return connected;
}

const CHANGE = "UPDATE service SET name = name || '.' WHERE code = 'mns'";
/** As where a pooler swallows notices: the trigger that sends them is kept out. */
const QUIET_CHANGE = `
  INSERT INTO revision_log SELECT revision + 1, clock_timestamp() FROM revision_counter;
  UPDATE revision_counter SET revision = revision + 1`;

async function newest(): Promise<string> {
  const { rows } = await client.query<{ revision: string }>("SELECT revision::text FROM revision_counter");
  return rows[0]?.revision ?? "";
}

async function stateOf(at = ""): Promise<{ readonly revision: string; readonly trouble: string | null }> {
  const { body } = await ask(server.origin, `{ snapshot${at} { revision trouble } }`);
  return (parse(body) as { data: { snapshot: { revision: string; trouble: string | null } } }).data.snapshot;
}

const reach = (revision: string) => stateOf(`(at: { minRevision: "${revision}" })`);

/** Ends connections of the server, all that the condition holds for, and says how many. */
async function terminate(condition: string): Promise<number> {
  const { rowCount } = await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'ramgraph%' AND ${condition}`,
  );
  return rowCount ?? 0;
}

async function untilSome(work: () => Promise<number>): Promise<void> {
  while ((await work()) === 0) await sleep(20);
}

describe("a server", () => {
  test("whose connection is ended in the middle of a load answers from the last revision, and loads anew", async () => {
    const before = await newest();
    const keeper = await connect();
    await keeper.query("BEGIN; LOCK TABLE attachment IN ACCESS EXCLUSIVE MODE");
    await client.query(CHANGE);
    // It waits for the table that is kept from it: the load has begun and cannot end.
    await untilSome(() => terminate("wait_event_type = 'Lock'"));
    expect((await stateOf()).revision).toBe(before);
    await keeper.query("COMMIT");
    await keeper.end();
    expect(await reach(await newest())).toEqual({ revision: await newest(), trouble: null });
  });

  test.each([
    ["a notice", CHANGE],
    ["none", QUIET_CHANGE],
  ])("that loses the connection on which it listens sees the next commit, with %s", async (_, sql) => {
    await untilSome(() => terminate("application_name = 'ramgraph watch'"));
    await client.query(sql);
    expect(await reach(await newest())).toEqual({ revision: await newest(), trouble: null });
  });

  test("that lost every connection goes on answering", async () => {
    const before = await newest();
    await terminate("true");
    for (let asked = 0; asked < 20; asked++) expect((await stateOf()).revision).toBe(before);
    await client.query(CHANGE);
    expect((await reach(await newest())).revision).toBe(await newest());
  });

  test("whose database lost its last commits does not pretend to have them", async () => {
    await client.query(CHANGE);
    const lost = await newest();
    expect((await reach(lost)).revision).toBe(lost);
    await client.query(
      `DELETE FROM revision_log WHERE revision = ${lost}; UPDATE revision_counter SET revision = ${lost} - 1`,
    );
    while ((await stateOf()).revision === lost) await sleep(50);
    const { body } = await ask(server.origin, `{ snapshot(at: { minRevision: "${lost}" }) { revision } }`);
    expect(parse(body)).toMatchObject({ errors: [{ extensions: { code: "REVISION_NOT_AVAILABLE" } }] });
  });

  test("goes on beside a newer version that has added to the tables", async () => {
    await client.query(`
      ALTER TABLE service ADD COLUMN from_later text;
      ALTER TABLE service_history ADD COLUMN from_later text;
      CREATE TABLE fact_from_later (id bigint PRIMARY KEY);
      INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'FromLater')`);
    await client.query(CHANGE);
    expect(await reach(await newest())).toEqual({ revision: await newest(), trouble: null });
  });
});

describe("clocks that differ", () => {
  test.each([
    ["ahead", 7_200_000],
    ["behind", -7_200_000],
  ])("by two hours, %s, change nothing: revisions are in the order of commits", async (_, skew) => {
    const code = `const now = Date.now; Date.now = () => now() + ${skew};`;
    const settings = { DATABASE_URL: database.url, LOG_LEVEL: "silent" };
    const skewed = await startServer({
      ...settings,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
    });
    await client.query(CHANGE);
    const revision = await newest();
    const query = `{ snapshot(at: { minRevision: "${revision}" }) { revision committedAt } }`;
    const answers = await Promise.all(
      [skewed.origin, server.origin].map(async (origin) => (await ask(origin, query)).body),
    );
    expect(parse(answers[0] ?? "")).toMatchObject({ data: { snapshot: { revision } } });
    expect(withoutCost(answers[0])).toEqual(withoutCost(answers[1]));
    await skewed.stop();
  });
});

const withoutCost = (body = "") => (parse(body) as { readonly data: unknown }).data;
