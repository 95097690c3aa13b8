import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { answerHealth } from "../../src/server/health.js";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type RunningServer, startServer } from "../ramgraph-process.js";
import { type Line, layLine } from "./cut-line.js";
import { ask, parse, send } from "./send.js";

let database: TestDatabase;
let line: Line;
let server: RunningServer;

beforeAll(async () => {
  database = await createTestDatabase();
  line = await layLine(database.url);
  server = await startServer({ DATABASE_URL: line.url, LOG_LEVEL: "silent", RAMGRAPH_DRAIN_DELAY: "2s" });
});

afterAll(async () => {
  await server.stop();
  await line.cut();
  await database.drop();
});

interface Readiness {
  readonly status: string;
  readonly behind: number;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly message?: string }>>;
}

async function readiness(): Promise<readonly [number, Readiness]> {
  const { status, body } = await send(server.origin, { method: "GET", path: "/readyz" });
  return [status, parse(body) as Readiness];
}

/** Waits out what a busy machine does to a server: one that it kept from running for a second says so, and rightly. */
async function until(isTrue: (state: Readiness) => boolean): Promise<Readiness> {
  for (;;) {
    const [status, state] = await readiness();
    const isStalled = state.status === "stalled";
    expect(status).toBe(isStalled ? 503 : 200);
    if (!isStalled && isTrue(state)) return state;
    await sleep(50);
  }
}

async function change(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

test.each([
  [true, "cannot follow: no route to db.internal:5432"],
  [false, "cannot follow"],
])("the database's own words are told where that is wanted: %s", async (tellsReasons, message) => {
  const trouble = { message: "cannot follow", reason: "no route to db.internal:5432" };
  const newest = { revision: "1", committedAt: "2026-01-01T00:00:00Z" };
  const live = { newest, behind: 0, setBack: undefined, troubles: { database: trouble, revision: undefined } };
  const store = { schemaState: async () => "CURRENT" as const };
  const health = { live, store, readers: { replicas: [] }, loop: { longestPause: () => 0 }, isDraining: () => false };
  const reply = await answerHealth({ ...health, tellsReasons }, "/readyz");
  expect(parse(String(reply?.body))).toMatchObject({ trouble: message, checks: { database: { ok: false, message } } });
});

test("a server that is well names every check", async () => {
  const state = await until(() => true);
  expect(state).toMatchObject({ status: "ready", behind: 0 });
  const names = ["draining", "eventLoop", "snapshot", "database", "revision", "migrations"];
  expect(state.checks).toEqual(Object.fromEntries(names.map((name) => [name, { ok: true }])));
});

test("migrations that are missing are told, and those of a newer program are no trouble", async () => {
  await change(`INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'FromLater')`);
  const newer = await until(({ checks }) => checks.migrations?.message !== undefined);
  expect(newer.checks.migrations).toMatchObject({ ok: true, message: expect.stringContaining("a newer ramgraph") });
  await change("CREATE TABLE kept AS SELECT * FROM migration; DELETE FROM migration WHERE name <> 'FromLater'");
  const lacking = await until(({ checks }) => checks.migrations?.ok === false);
  expect(lacking.checks.migrations?.message).toContain("run `ramgraph migrate`");
  await change(
    "DELETE FROM migration; INSERT INTO migration SELECT * FROM kept WHERE name <> 'FromLater'; DROP TABLE kept",
  );
  await until(({ checks }) => checks.migrations?.ok === true);
});

test("a revision that cannot be loaded is told, with how far the answers are behind", async () => {
  await change("UPDATE service SET name = name || '.'; ALTER TABLE attachment RENAME TO hidden");
  const stale = await until(({ checks }) => checks.revision?.ok === false);
  expect(stale).toMatchObject({ status: "ready", behind: 1, checks: { database: { ok: true } } });
  expect(stale.checks.revision?.message).toContain('"attachment" does not exist');
  await change("ALTER TABLE hidden RENAME TO attachment");
  expect(await until(({ checks }) => checks.revision?.ok === true)).toMatchObject({ behind: 0 });
});

test("a database that is away is told, and does not send askers elsewhere", async () => {
  await line.cut();
  const alone = await until(({ checks }) => checks.database?.ok === false);
  expect(alone.checks.migrations).toMatchObject({ ok: false });
  expect((await ask(server.origin, "{ snapshot { revision } }")).status).toBe(200);
  expect(alone.checks.database?.message).toMatch(/^lost the database; .*: ./);
  await line.mend();
  await until(({ checks }) => checks.database?.ok === true && checks.migrations?.ok === true);
});

test("where strangers may ask, what the database says of its trouble is left to the log, in one line", async () => {
  const open = { RAMGRAPH_AUTH: "tokens", RAMGRAPH_METRICS_PORT: "0" };
  const guarded = await startServer({ DATABASE_URL: line.url, ...open });
  const databaseAt = async (origin: string) => {
    const { body } = await send(origin, { method: "GET", path: "/readyz" });
    return (parse(body) as Readiness).checks.database;
  };
  await line.cut();
  while ((await databaseAt(guarded.origin))?.ok === true) await sleep(50);
  await sleep(2_000);
  const words = "lost the database; answers come from the last revision";
  expect(await databaseAt(guarded.origin)).toEqual({ ok: false, message: words });
  expect((await databaseAt(guarded.metricsOrigin ?? ""))?.message).toMatch(/^lost the database; .*: ./);
  await line.mend();
  await until(({ checks }) => checks.database?.ok === true);
  const { stderr } = await guarded.stop();
  expect(stderr.split(words).length - 1).toBeLessThanOrEqual(2);
});

test("a process that stands still for longer than a second is unready for a while", async () => {
  server.child.kill("SIGSTOP");
  await sleep(1_700);
  server.child.kill("SIGCONT");
  const [status, state] = await readiness();
  expect([status, state]).toMatchObject([503, { status: "stalled", checks: { eventLoop: { ok: false } } }]);
  expect(state.checks.eventLoop?.message).toMatch(/^nothing was answered for \d{4,} ms within the last 10 s$/);
});

test("a server that stops says so before it takes no more, and answers meanwhile", async () => {
  const stopped = server.stop();
  await sleep(300);
  const [status, state] = await readiness();
  expect([status, state]).toMatchObject([503, { status: "stopping", checks: { draining: { ok: false } } }]);
  expect((await ask(server.origin, "{ snapshot { revision } }")).status).toBe(200);
  expect(await stopped).toMatchObject({ code: 0 });
});
