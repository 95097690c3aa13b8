import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import pg from "pg";
import { createTestDatabase } from "../database.js";
import { runCommand, startServer } from "../ramgraph-process.js";
import { layLine } from "../server/cut-line.js";
import { ask, parse } from "../server/send.js";

/** Times that are promised, on a machine that has nothing else to do. */
async function millisecondsOf(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

const WITH_NOTICE = "UPDATE service SET name = name || '.' WHERE code = 'mns'";
const WITHOUT = `INSERT INTO revision_log SELECT revision + 1, clock_timestamp() FROM revision_counter;
                 UPDATE revision_counter SET revision = revision + 1`;

test("two servers show a commit within two seconds, with a notice and without", async () => {
  const database = await createTestDatabase();
  const settings = { DATABASE_URL: database.url, LOG_LEVEL: "error" };
  const servers = await Promise.all([startServer(settings), startServer(settings)]);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const times: number[] = [];
  for (let revision = 2; revision < 42; revision++) {
    await client.query(revision % 2 === 0 ? WITH_NOTICE : WITHOUT);
    const query = `{snapshot(at:{minRevision:"${revision}"}){revision}}`;
    const seen = async () => {
      for (const { body } of await Promise.all(servers.map(({ origin }) => ask(origin, query)))) {
        expect(body).toContain(`"revision":"${revision}"`);
      }
    };
    times.push(await millisecondsOf(seen));
  }
  process.stdout.write(`the slowest of ${times.length} commits was seen after ${Math.round(Math.max(...times))} ms\n`);
  expect(Math.max(...times)).toBeLessThan(2_000);
  await client.end();
  await Promise.all(servers.map(({ stop }) => stop()));
  await database.drop();
});

test("an import by another process is seen within two seconds", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ramgraph-fresh-"));
  const settings = { RAMGRAPH_DATA_DIR: folder, LOG_LEVEL: "error" };
  const server = await startServer(settings);
  const account = join(import.meta.dirname, "../fixtures/accounts/acme");
  expect(await runCommand(["import", "account", account], settings)).toMatchObject({ code: 0 });
  const time = await millisecondsOf(async () => {
    const { body } = await ask(server.origin, '{snapshot(at:{minRevision:"2"}){revision}}');
    expect(body).toContain('"revision":"2"');
  });
  expect(time).toBeLessThan(2_000);
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test("what needs the database while it is away is refused within three and a half seconds", async () => {
  const database = await createTestDatabase();
  const line = await layLine(database.url);
  const server = await startServer({ DATABASE_URL: line.url, LOG_LEVEL: "silent" });
  await line.cut();
  const time = await millisecondsOf(async () => {
    expect((await ask(server.origin, '{snapshot(at:{revision:"0"}){revision}}')).status).toBe(503);
  });
  expect(time).toBeLessThan(3_500);
  await server.stop();
  await database.drop();
});

test("a revoked token is worth nothing after a second", async () => {
  const database = await createTestDatabase();
  const settings = { DATABASE_URL: database.url, LOG_LEVEL: "error" };
  const server = await startServer({ ...settings, RAMGRAPH_AUTH: "tokens" });
  const made = await runCommand(["token", "create", "--name", "short", "--all-accounts", "--json"], settings);
  const { id, token } = parse(made.stdout) as { id: string; token: string };
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const body = JSON.stringify({ query: "{viewer{name}}" });
  const statusOf = async () => (await fetch(`${server.origin}/graphql`, { method: "POST", headers, body })).status;
  while ((await statusOf()) !== 200) await sleep(100);
  expect(await runCommand(["token", "revoke", id], settings)).toMatchObject({ code: 0 });
  await sleep(1_000);
  expect(await statusOf()).toBe(401);
  await server.stop();
  await database.drop();
});
