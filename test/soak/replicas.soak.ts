import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { type RunningServer, runCommand, startServer } from "../ramgraph-process.js";
import { type Balancer, startBalancer } from "../replication/balancer.js";
import { type ClusterOfThree, type Node, startThree } from "../replication/cluster-of-three.js";
import { type Line, layLine } from "../server/cut-line.js";
import { ask, parse } from "../server/send.js";

const writes = 200 * Number(process.env.RAMGRAPH_SOAK);
const perSecond = 50;
const account = join(import.meta.dirname, "../fixtures/accounts/acme");

let three: ClusterOfThree;
let line: Line;
let settings: Readonly<Record<string, string>>;
let servers: RunningServer[];
let balancer: Balancer;

beforeAll(async () => {
  three = await startThree();
  line = await layLine(three.primary.url);
  const replicas = three.replicas.map(({ url }) => url).join(",");
  settings = { DATABASE_URL: line.url, DATABASE_READ_URLS: replicas, LOG_LEVEL: "silent" };
  servers = await Promise.all([startServer(settings), startServer(settings), startServer(settings)]);
  balancer = await startBalancer(servers.map(({ origin }) => origin));
  const { DATABASE_URL } = settings;
  expect(await runCommand(["import", "account", account], { DATABASE_URL: DATABASE_URL ?? "" })).toMatchObject({
    code: 0,
  });
});

afterAll(async () => {
  await balancer.close();
  await Promise.all(servers.map(({ stop }) => stop()));
  await line.cut();
  await three.stop();
});

/** A connection of a writer's own, which tells the revision that each write makes. */
async function openWriter(node: Node): Promise<{ write: (name: string) => Promise<string>; end: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: node.url });
  client.on("error", () => undefined);
  await client.connect();
  const sql = `WITH written AS (UPDATE account SET alias = $1 WHERE id <> 'catalog' RETURNING since_revision)
               SELECT since_revision::text AS revision FROM written LIMIT 1`;
  return {
    write: async (name) => (await client.query<{ revision: string }>(sql, [name])).rows[0]?.revision ?? "",
    end: () => client.end(),
  };
}

/** What is replayed then may at once cancel the very statement that let it. */
async function resume(replica: Node): Promise<void> {
  await replica.query("SELECT pg_wal_replay_resume()").catch((error: unknown) => {
    if (!String(error).includes("conflict with recovery")) throw error;
  });
}

interface Said {
  readonly data?: {
    readonly snapshot: { readonly revision: string };
    readonly accounts: { nodes: { alias: string }[] };
  };
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function askFor(origin: string, minRevision: string): Promise<Said> {
  const at = `(at: { minRevision: "${minRevision}" })`;
  const { body } = await ask(origin, `{ snapshot${at} { revision } accounts${at} { nodes { alias } } }`);
  return parse(body) as Said;
}

let refusals = 0;

/** The same by the balancer, which a client whose revision did not arrive in time asks once more. */
async function askPatiently(minRevision: string): Promise<Said> {
  const said = await askFor(balancer.origin, minRevision);
  if (said.errors?.[0]?.extensions.code !== "REVISION_NOT_AVAILABLE") return said;
  refusals += 1;
  return await askFor(balancer.origin, minRevision);
}

/** Does the answer hold what was written, or something later? */
function isFresh({ data }: Said, revision: string, name: string): boolean {
  if (data === undefined || data === null) return false;
  if (BigInt(data.snapshot.revision) < BigInt(revision)) return false;
  return data.snapshot.revision !== revision || data.accounts.nodes.some(({ alias }) => alias === name);
}

test("no server shows a stale state after any write, while a replica is paused, stands still, or neither", async () => {
  const writer = await openWriter(three.primary);
  const [one, two] = three.replicas;
  const troubles = new Map<number, () => unknown>([
    [Math.floor(writes * 0.25), () => one.query("SELECT pg_wal_replay_pause()")],
    [Math.floor(writes * 0.5), () => resume(one)],
    [Math.floor(writes * 0.6), () => two.freeze()],
    [Math.floor(writes * 0.8), () => two.thaw()],
  ]);
  const times: number[] = [];
  let stale = 0;
  for (let turn = 0; turn < writes; turn += 1) {
    await troubles.get(turn)?.();
    const revision = await writer.write(`write ${turn}`);
    const begin = performance.now();
    const answers = await Promise.all(servers.map(({ origin }) => askFor(origin, revision)));
    times.push(performance.now() - begin);
    stale += answers.filter((said) => !isFresh(said, revision, `write ${turn}`)).length;
  }
  await writer.end();
  times.sort((a, b) => a - b);
  const [half, most, all] = [0.5, 0.99, 1].map((part) => Math.round(times[Math.ceil(times.length * part) - 1] ?? 0));
  process.stdout.write(
    `${stale} stale of ${writes} writes × 3; seen by all after ${half} ms (median), ${most} ms (p99), ${all} ms (worst)\n`,
  );
  expect(stale).toBe(0);
});

test("no answer is lost or wrong while a server is killed under load, comes back, and the primary fails over", async () => {
  let writer = await openWriter(three.primary);
  let known = { revision: await writer.write("first"), name: "first" };
  const wrong: unknown[] = [];
  const asked: Promise<void>[] = [];
  const loading = setInterval(() => {
    const { revision, name } = known;
    const judge = (said: Said) => void (isFresh(said, revision, name) || wrong.push([revision, said]));
    asked.push(askPatiently(revision).then(judge, (error: unknown) => void wrong.push(error)));
  }, 1_000 / perSecond);
  const writeFor = async (seconds: number, prefix: string) => {
    for (let turn = 0; turn < seconds * 5; turn += 1) {
      const name = `${prefix} ${turn}`;
      known = { revision: await writer.write(name), name };
      await sleep(200);
    }
  };
  await writeFor(3, "before");
  servers[0]?.child.kill("SIGKILL");
  await writeFor(5, "with two servers");
  const port = new URL(servers[0]?.origin ?? "").port;
  servers[0] = await startServer({ ...settings, PORT: port });
  await writeFor(3, "with three again");
  await writer.end();
  const [one] = three.replicas;
  await three.primary.kill();
  line.redirect(one.url);
  await sleep(1_000);
  await one.query("SELECT pg_promote()");
  writer = await openWriter(one);
  await writeFor(4, "after the failover");
  clearInterval(loading);
  await Promise.all(asked);
  await writer.end();
  const again = `${balancer.retries()} asked again elsewhere, ${refusals} because their revision came late`;
  process.stdout.write(`${wrong.length} of ${asked.length} answers lost or wrong; ${again}\n`);
  expect(wrong).toEqual([]);
});
