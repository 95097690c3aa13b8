import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import pg from "pg";
import { startEmbeddedPostgres } from "../../src/store/embedded/start-embedded-postgres.js";
import { startServer } from "../ramgraph-process.js";
import { ask } from "../server/send.js";

const perSecond = 100;

test("no question fails while Postgres restarts at once, and its next commit is seen within five seconds", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "ramgraph-restart-"));
  const start = () => startEmbeddedPostgres({ dataDir, log: () => undefined });
  const first = await start();
  const server = await startServer({ DATABASE_URL: first.url, LOG_LEVEL: "silent" });
  const answers: Promise<string>[] = [];
  const asking = setInterval(() => {
    answers.push(ask(server.origin, "{services(first:1){totalCount}}").then(({ body }) => body, String));
  }, 1_000 / perSecond);
  await sleep(3_000);
  const lockFile = await readFile(join(dataDir, "postgres/data/postmaster.pid"), "utf8");
  process.kill(Number(lockFile.split("\n")[0]), "SIGQUIT");
  await sleep(2_000);
  const second = await start();
  const client = new pg.Client({ connectionString: second.url });
  await client.connect();
  const begin = performance.now();
  await client.query("UPDATE service SET name = name || '.'");
  expect((await ask(server.origin, '{snapshot(at:{minRevision:"2"}){revision}}')).body).toContain('"2"');
  const seen = performance.now() - begin;
  while (answers.length < 1_000) await sleep(100);
  clearInterval(asking);
  const failed = (await Promise.all(answers)).filter((body) => !body.includes('"totalCount"'));
  process.stdout.write(`${failed.length} of ${answers.length} questions failed; seen after ${Math.round(seen)} ms\n`);
  expect(failed).toEqual([]);
  expect(seen).toBeLessThan(5_000);
  await client.end();
  await server.stop();
  await second.stop();
  await first.stop();
  await rm(dataDir, { recursive: true, force: true });
});
