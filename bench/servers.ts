import { cpus, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { loadSnapshot } from "../src/app/load-snapshot.js";
import { silentLog } from "../src/app/log.js";
import { openStore } from "../src/app/open-store.js";
import { type ChildServer, startChild } from "./child-server.js";
import { HttpClient, type Operation } from "./http-client.js";
import { coursesOf } from "./http-courses.js";
import { questionsAbout } from "./questions.js";
import { timingOf } from "./stopwatch.js";

/**
 * Measures how much one server carries and how two share it: `npm run bench:servers -- --data <folder>`, on a world that
 * `npm run bench -- --data <folder>` has imported. Clients ask one question after another, each on a connection of its own;
 * they share the processors with the servers, so the processor time that a server spends on a request is told as well.
 */
const { values } = parseArgs({
  options: {
    data: { type: "string" },
    seconds: { type: "string", default: "5" },
    clients: { type: "string", default: "8" },
  },
});
if (values.data === undefined) throw new Error("`--data`: name the folder of a world that `npm run bench` imported");
const [dataDir, seconds, clients] = [values.data, Number(values.seconds), Number(values.clients)];

interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Of processor time, in milliseconds, for each request. */
  readonly cpu: number;
  /** Requests that all servers answer in the time in which each of them computes for a second: what machines of their own would give. */
  readonly perCpuSecond: number;
}

const store = await openStore({ databaseUrl: undefined, dataDir }, silentLog);
try {
  const snapshot = await loadSnapshot(store.db);
  const courses = coursesOf(snapshot, questionsAbout(snapshot, 300, 11)).slice(0, 2);
  const hello = await startChild("hello-server.ts");
  const first = await startChild("ramgraph-server.ts", [dataDir]);
  const second = await startChild("ramgraph-server.ts", [dataDir]);
  show("hello of a bare Apollo server", 1, await measure([hello], [{ query: "{ hello }" }]));
  for (const { what, operations } of courses) {
    show(what, 1, await measure([first], operations));
    show(what, 2, await measure([first, second], operations));
  }
  await Promise.all([hello, first, second].map(({ stop }) => stop()));
  process.stdout.write(
    `\n${new Date().toISOString()}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()
      .map((x) => x.toFixed(1))
      .join(" ")}\n`,
  );
} finally {
  await store.close();
}

/** Everybody asks for so long; the first second warms up and is not counted. */
async function measure(servers: readonly ChildServer[], operations: readonly Operation[]): Promise<Load> {
  await askFor(1, servers, operations);
  await cpuOf(servers);
  const times = await askFor(seconds, servers, operations);
  const spent = await cpuOf(servers);
  const cpu = spent / times.length;
  return { perSecond: times.length / seconds, ...timingOf(times), cpu, perCpuSecond: (servers.length * 1_000) / cpu };
}

async function askFor(
  duration: number,
  servers: readonly ChildServer[],
  operations: readonly Operation[],
): Promise<readonly number[]> {
  const times: number[] = [];
  const ending = new AbortController();
  const working = Array.from({ length: clients }, async (_, number) => {
    const client = new HttpClient();
    const url = servers[number % servers.length]?.url ?? "";
    for (let at = number; !ending.signal.aborted; at += 1) {
      const operation = operations[at % operations.length];
      if (operation === undefined) break;
      const start = performance.now();
      await client.ask(url, operation);
      times.push(performance.now() - start);
    }
    client.close();
  });
  await sleep(duration * 1_000);
  ending.abort();
  await Promise.all(working);
  return times;
}

/** Processor time that the servers have spent since this was last asked, in milliseconds. */
async function cpuOf(servers: readonly ChildServer[]): Promise<number> {
  const used = await Promise.all(servers.map(({ usage }) => usage()));
  return used.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

function show(what: string, count: number, { perSecond, p50, p99, cpu, perCpuSecond }: Load): void {
  const cells = [what, count, Math.round(perSecond), p50.toFixed(1), p99.toFixed(1), cpu.toFixed(2)];
  cells.push(Math.round(perCpuSecond));
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
}
