import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { createTestDatabase } from "../database.js";
import { type RunningServer, runCommand, startServer } from "../ramgraph-process.js";
import { layLine } from "./cut-line.js";
import { ask, parse, send } from "./send.js";

// Processes start slowly while other tests keep the machine busy.
const page = join(import.meta.dirname, "../fixtures/pages/system-policies.txt");
const account = join(import.meta.dirname, "../fixtures/accounts/acme");

let folder: string;
const running: RunningServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ramgraph-lifecycle-"));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
  await rm(folder, { recursive: true, force: true });
});

const settingsOf = (name = "data") => ({ RAMGRAPH_DATA_DIR: join(folder, name), LOG_LEVEL: "error" });

async function start(name?: string): Promise<RunningServer> {
  const server = await startServer(settingsOf(name));
  running.push(server);
  return server;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await sleep(50);
}

const revisionOf = async ({ origin }: RunningServer) => (await ask(origin, "{snapshot{revision}}")).body;
const holds = (revision: string) => `{"data":{"snapshot":{"revision":"${revision}"}}`;

describe("a server on its own Postgres", () => {
  test("shows an import by another process", async () => {
    const server = await start();
    expect(await revisionOf(server)).toContain(holds("1"));
    const imported = await runCommand(["import", "account", account, "--json"], settingsOf());
    expect(imported).toMatchObject({ code: 0, stderr: "" });
    expect(parse(imported.stdout)).toMatchObject({ revision: "2", sources: [expect.stringMatching(/^\d+$/)] });
    const { body } = await ask(server.origin, '{snapshot(at:{minRevision:"2"}){revision}}');
    expect(body).toContain(holds("2"));
    const again = await runCommand(["import", "account", account], settingsOf());
    expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/^nothing changed: /) });
    expect(await revisionOf(server)).toContain(holds("2"));
  });

  test("keeps what it has through kill -9", async () => {
    const first = await start();
    await runCommand(["import", "docs", page], settingsOf());
    first.child.kill("SIGKILL");
    const second = await start();
    expect(await revisionOf(second)).toContain(holds("2"));
  });

  test("stands beside another, each with its own data", async () => {
    const [one, other] = await Promise.all([start("one"), start("other")]);
    await runCommand(["import", "docs", page], settingsOf("one"));
    await ask(one.origin, '{snapshot(at:{minRevision:"2"}){revision}}');
    expect(await revisionOf(one)).toContain(holds("2"));
    expect(await revisionOf(other)).toContain(holds("1"));
  });

  test("answers what is under way when it is asked to stop, and exits with 0", async () => {
    const server = await start();
    const question = ask(server.origin, '{snapshot(at:{minRevision:"99"}){revision}}');
    await sleep(200);
    const stopped = server.stop();
    const { status, body } = await question;
    expect(status).toBe(200);
    expect(body).toContain("REVISION_NOT_AVAILABLE");
    expect(await stopped).toMatchObject({ code: 0 });
    await expect(send(server.origin, { method: "GET", path: "/healthz" })).rejects.toThrow("ECONNREFUSED");
  });

  test("says which port is taken before it writes anything", async () => {
    const server = await start("one");
    const { port } = new URL(server.origin);
    const { code, stderr } = await runCommand(["serve"], { ...settingsOf("other"), PORT: port });
    expect([code, stderr]).toEqual([
      1,
      `error: port ${port} of 127.0.0.1 is taken by another program; set PORT to a free one\n`,
    ]);
    const door = await runCommand(["serve"], { ...settingsOf("other"), PORT: "0", RAMGRAPH_METRICS_PORT: port });
    expect([door.code, door.stderr]).toEqual([1, expect.stringMatching(/is taken .*; set RAMGRAPH_METRICS_PORT to/)]);
    expect(await readdir(folder)).toEqual(["one"]);
  });
});

describe("a server on a Postgres of the user's", () => {
  test.each([
    ["with a notice", "UPDATE service SET name = name || '.' WHERE code = 'mns'"],
    [
      "without one",
      `INSERT INTO revision_log SELECT revision + 1, clock_timestamp() FROM revision_counter;
       UPDATE revision_counter SET revision = revision + 1`,
    ],
  ])("shows a commit, %s, on each of two servers", async (_, sql) => {
    const database = await createTestDatabase();
    const settings = { DATABASE_URL: database.url, LOG_LEVEL: "error" };
    const servers = await Promise.all([startServer(settings), startServer(settings)]);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    for (const next of ["2", "3", "4"]) {
      await client.query(sql);
      const seen = servers.map(({ origin }) => ask(origin, `{snapshot(at:{minRevision:"${next}"}){revision}}`));
      for (const { body } of await Promise.all(seen)) expect(body).toContain(holds(next));
    }
    await client.end();
    await Promise.all(servers.map(({ stop }) => stop()));
    await database.drop();
  });

  test("says so while a revision cannot be loaded, answers from the last, and then loads it", async () => {
    const database = await createTestDatabase();
    const server = await startServer({ DATABASE_URL: database.url, LOG_LEVEL: "silent" });
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query("UPDATE service SET name = name || '.'; ALTER TABLE attachment RENAME TO hidden");
    const state = "{snapshot{revision trouble}}";
    await until(async () => (await ask(server.origin, state)).body.includes("cannot load the new revision"));
    expect((await ask(server.origin, state)).body).toMatch(/"revision":"1","trouble":"[^":]*"/);
    const { body } = await send(server.origin, { method: "GET", path: "/readyz" });
    expect(parse(body)).toMatchObject({
      revision: "1",
      trouble: expect.stringContaining('"attachment" does not exist'),
    });
    await client.query("ALTER TABLE hidden RENAME TO attachment");
    const loaded = await ask(server.origin, '{snapshot(at:{minRevision:"2"}){revision trouble}}');
    expect(parse(loaded.body)).toMatchObject({ data: { snapshot: { revision: "2", trouble: null } } });
    await client.end();
    await server.stop();
    await database.drop();
  });

  test("goes on answering while it is away, says so, and catches up", async () => {
    const database = await createTestDatabase();
    const line = await layLine(database.url);
    const server = await startServer({ DATABASE_URL: line.url, LOG_LEVEL: "silent" });
    await line.cut();
    await runCommand(["import", "docs", page], { DATABASE_URL: database.url });
    expect(await revisionOf(server)).toContain(holds("1"));
    const past = await ask(server.origin, '{snapshot(at:{revision:"0"}){revision}}');
    expect(past.status).toBe(503);
    expect(parse(past.body)).toMatchObject({ errors: [{ extensions: { code: "SERVICE_UNAVAILABLE" } }] });
    const { body } = await send(server.origin, { method: "GET", path: "/readyz" });
    expect(parse(body)).toMatchObject({ status: "ready", revision: "1", trouble: expect.stringContaining("database") });
    const stale = await ask(server.origin, "{snapshot{trouble}}");
    expect(stale.body).toContain("lost the database; answers come from the last revision");
    await line.mend();
    const caughtUp = await ask(server.origin, '{snapshot(at:{minRevision:"2"}){revision}}');
    expect(caughtUp.body).toContain(holds("2"));
    // Back, and nothing new: that is no trouble either.
    await line.cut();
    await until(async () => (await ask(server.origin, "{snapshot{trouble}}")).body.includes("lost"));
    await line.mend();
    await until(async () => (await ask(server.origin, "{snapshot{trouble}}")).body.includes('"trouble":null'));
    await server.stop();
    await line.cut();
    await database.drop();
  });
});
