import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { OperationTypeNode } from "graphql";
import { Registry } from "prom-client";
import { mintToken } from "../../src/app/mint-token.js";
import { measureOperations } from "../../src/server/metrics/measure-operations.js";
import { startRecord } from "../../src/server/operation-record.js";
import { closeDatabase, openDatabase } from "../../src/store/database.js";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type RunningServer, runCommand, startServer } from "../ramgraph-process.js";
import { json, post } from "./hostile-requests.js";
import { ask, parse, send } from "./send.js";

const SHOP = "1200000000000012";
const account = join(import.meta.dirname, "../fixtures/accounts/acme");

let database: TestDatabase;
let server: RunningServer;
const running: RunningServer[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ DATABASE_URL: database.url });
  await runCommand(["import", "account", account], { DATABASE_URL: database.url });
  await ask(server.origin, "{ nothing }");
  expect((await ask(server.origin, `{ ${who} }`)).status).toBe(200);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

async function start(settings: Readonly<Record<string, string>>): Promise<RunningServer> {
  const started = await startServer(settings);
  running.push(started);
  return started;
}

const resource = '{ anyOf: { pattern: "acs:ecs:*:*:securitygroup/*" } }';
const who = `whoCan(actions: { name: "ecs:DeleteSecurityGroup" }, resource: ${resource}) { edges { decision { verdict } } }`;

const readFrom = async (origin: string) => (await send(origin, { method: "GET", path: "/metrics" })).body;
const read = () => readFrom(server.origin);
const seriesIn = (text: string) => text.split("\n").filter((line) => line.startsWith("graphql_")).length;
const askAs = (operationName: string) =>
  send(server.origin, post(JSON.stringify({ query: `query ${operationName} { snapshot { revision } }` }), json));

describe("metrics", () => {
  test.each([
    "http_request_duration_seconds_bucket{",
    "graphql_operation_duration_seconds_bucket{",
    "graphql_errors_total{code=",
    "graphql_query_cost_bucket{",
    'db_pool_connections{state="busy"}',
    'db_pool_connections{state="idle"}',
    'db_pool_connections{state="waiting"}',
    "db_query_duration_seconds_bucket{",
    "import_duration_seconds_bucket{",
    'revision_info{revision="',
    "revision_age_seconds ",
    "snapshot_following 1",
    'decision_total{result="',
    'ramgraph_info{version="',
    "process_cpu_seconds_total",
    "process_resident_memory_bytes",
    "nodejs_eventloop_lag_p99_seconds",
    "nodejs_heap_size_used_bytes",
  ])("tell %s", async (start) => {
    expect(`\n${await read()}`).toContain(`\n${start}`);
  });

  test("count what is asked without growing with its names", async () => {
    await askAs("Name0");
    const before = seriesIn(await read());
    await Promise.all(Array.from({ length: 50 }, (_, index) => askAs(`Name${index}`)));
    const after = await read();
    expect(seriesIn(after)).toBe(before);
    expect(after).toMatch(/graphql_operation_duration_seconds_count\{type="query",name="other",outcome="ok"\} \d\d/);
    expect(after).toMatch(/graphql_errors_total\{code="GRAPHQL_VALIDATION_FAILED"\} \d/);
  });

  test("count each verdict of an answer once, also where errors stand beside it", async () => {
    const count = async () =>
      [...(await read()).matchAll(/^decision_total.* (\d+)$/gm)].reduce((sum, [, each]) => sum + Number(each), 0);
    const counts = [await count()];
    for (let time = 0; time < 5; time += 1) {
      const { body } = await ask(server.origin, `{ ${who} service(code: "ecs") { actions(first: 0) { totalCount } } }`);
      expect(body).toContain("out of range");
      counts.push(await count());
    }
    const steps = counts.slice(1).map((each, index) => each - (counts[index] ?? 0));
    const shown = [...(await ask(server.origin, `{ ${who} }`)).body.matchAll(/"verdict":/g)].length;
    expect(shown).toBeGreaterThan(0);
    expect([...new Set(steps)]).toEqual([shown]);
  });

  test("stay as many for a hundred thousand names", async () => {
    const registry = new Registry();
    const count = measureOperations(registry, new Set(["Known"]));
    const asked = (operationName: string) =>
      count({ ...startRecord("1"), type: OperationTypeNode.QUERY, operationName, seconds: 0.1 });
    for (const name of ["Known", "Name", "__proto__", "constructor"]) asked(name);
    const before = seriesIn(await registry.metrics());
    for (let index = 0; index < 100_000; index++) asked(`Name${index}`);
    const text = await registry.metrics();
    expect(seriesIn(text)).toBe(before);
    expect(text).toContain('duration_seconds_count{type="query",name="Known",outcome="ok"} 1\n');
    expect(text).toContain('duration_seconds_count{type="query",name="other",outcome="ok"} 100003\n');
  });

  test("count imports of other processes, and why one was rejected", async () => {
    const other = await createTestDatabase();
    const own = await start({ DATABASE_URL: other.url });
    const page = join(import.meta.dirname, "../fixtures/pages/system-policies.txt");
    const importIt = (bytes: string) =>
      runCommand(["import", "docs", bytes], { DATABASE_URL: other.url }).then(({ code }) => code);
    expect(await importIt(page)).toBe(0);
    expect(await importIt(page)).toBe(0);
    const folder = await mkdtemp(join(tmpdir(), "ramgraph-metrics-"));
    const identity = "sts.GetCallerIdentity.json";
    await copyFile(join(account, identity), join(folder, identity));
    const importAccount = async (path: string) =>
      (await runCommand(["import", "account", path], { DATABASE_URL: other.url })).code;
    expect([await importAccount(account), await importAccount(folder)]).toEqual([0, 1]);
    await rm(folder, { recursive: true });
    const text = await readFrom(own.origin);
    expect(text).toContain('import_duration_seconds_count{outcome="changed"} 2');
    expect(text).toContain('import_duration_seconds_count{outcome="unchanged"} 1');
    expect(text).toContain('import_duration_seconds_count{outcome="failed"} 1');
    expect(text).toContain('import_rejected_total{reason="shrink"} 1');
    await other.drop();
  });
});

describe("a door of their own", () => {
  test("shows metrics and health without a token, and the other door no more", async () => {
    const settings = { DATABASE_URL: database.url, RAMGRAPH_AUTH: "tokens", RAMGRAPH_METRICS_PORT: "0" };
    const guarded = await start(settings);
    const door = guarded.metricsOrigin ?? "";
    expect(await readFrom(door)).toContain("revision_info");
    const statusOf = async (origin: string, path: string, method = "GET") =>
      (await send(origin, { method, path })).status;
    expect(await statusOf(door, "/readyz")).toBe(200);
    expect(await statusOf(door, "/healthz")).toBe(200);
    expect(await statusOf(door, "/graphql")).toBe(404);
    expect(await statusOf(door, "/metrics", "POST")).toBe(405);
    expect(await statusOf(guarded.origin, "/metrics")).toBe(404);
    const foreign = await send(door, { method: "GET", path: "/metrics", headers: { host: "evil.example" } });
    expect(foreign.status).toBe(421);
    expect(await guarded.stop()).toMatchObject({ code: 0 });
  });

  test("is refused on a port that is taken, with nothing left running", async () => {
    const { port } = new URL(server.origin);
    const settings = { DATABASE_URL: database.url, PORT: "0", RAMGRAPH_METRICS_PORT: port };
    const { code, stderr } = await runCommand(["serve"], settings);
    expect([code, stderr]).toEqual([
      1,
      `error: port ${port} of 127.0.0.1 is taken by another program; set RAMGRAPH_METRICS_PORT to a free one\n`,
    ]);
  });
});

describe("the audit log", () => {
  const linesOf = (stderr: string) => stderr.split("\n").filter((line) => line.startsWith("{"));

  test("has a line for each operation and each refusal, and no secret that somebody sent", async () => {
    const db = await openDatabase(database.url);
    const made = async (name: string, accountIds: readonly string[] | null) =>
      await mintToken(db, { name, accountIds, mayExplore: false, lifetime: 3_600 });
    const [all, one] = [await made("all", null), await made("one", [SHOP])];
    await closeDatabase(db);
    const settings = { DATABASE_URL: database.url, RAMGRAPH_AUTH: "tokens", LOG_LEVEL: "debug" };
    const guarded = await start(settings);
    const headers = (token: string) => ({ ...json, authorization: `Bearer ${token}` });
    const secret = "PLANTED-a1b2c3";
    const asked = async (token: string, body: string, more = {}) =>
      (await send(guarded.origin, { headers: { ...headers(token), ...more }, body })).status;
    const query = `query Audited($q: String!) { search(query: $q) { totalCount } } # ${secret}`;
    const body = JSON.stringify({ query, variables: { q: secret } });
    expect(await asked(`${secret}`, body)).toBe(401);
    expect(await asked(one.token, body)).toBe(200);
    expect(await asked(one.token, `{"query":"{ ${"x".repeat(2_000_000)} }"}`)).toBe(413);
    expect(await asked(one.token, `{"query": "${secret}`)).toBe(400);
    expect(await asked(one.token, JSON.stringify({ query: `{ f(a: "${secret}") }` }))).toBe(400);
    expect(await asked(one.token, body, { "content-type": `text/${secret}` })).toBe(415);
    const path = `/graphql?query={x(${secret})}`;
    expect((await send(guarded.origin, { method: "GET", path, headers: headers(one.token) })).status).toBe(400);
    const metrics = (token: string) =>
      send(guarded.origin, { method: "GET", path: "/metrics", headers: headers(token) });
    expect((await metrics(one.token)).status).toBe(403);
    const { status, body: figures } = await metrics(all.token);
    const { stderr } = await guarded.stop();
    expect(status).toBe(200);
    for (const text of [figures, stderr]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(one.token);
      expect(text).not.toContain(all.token);
    }
    const audited = linesOf(stderr).map((line) => parse(line) as Record<string, unknown>);
    const ofStatus = (wanted: number) => audited.filter(({ status: given }) => given === wanted);
    expect(ofStatus(200)).toMatchObject([
      {
        viewer: "one",
        operationName: "Audited",
        type: "query",
        outcome: "OK",
        errors: 0,
        durationMs: expect.anything(),
      },
    ]);
    expect(ofStatus(200)[0]).toMatchObject({ revision: expect.stringMatching(/^\d+$/), cost: expect.anything() });
    expect(ofStatus(401)).toMatchObject([{ outcome: "UNAUTHENTICATED" }]);
    expect(ofStatus(403)).toMatchObject([{ viewer: "one", outcome: "FORBIDDEN" }]);
    expect(ofStatus(413)).toMatchObject([{ viewer: "one", outcome: "BAD_REQUEST" }]);
    expect(ofStatus(415)).toMatchObject([{ viewer: "one", outcome: "BAD_REQUEST" }]);
    expect(ofStatus(400)).toHaveLength(3);
    for (const line of audited.filter(({ outcome }) => outcome !== undefined)) {
      expect(line.requestId).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});
