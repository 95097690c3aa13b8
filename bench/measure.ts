import { join } from "node:path";
import { loadShippedCatalog } from "../src/app/load-catalog.js";
import { loadSnapshot } from "../src/app/load-snapshot.js";
import { silentLog } from "../src/app/log.js";
import { openStore, type Store } from "../src/app/open-store.js";
import type { Snapshot } from "../src/grants/snapshot.js";
import { migrate } from "../src/store/migrate.js";
import { checkCore } from "./check-core.js";
import { type ChildServer, startChild } from "./child-server.js";
import { measureCore } from "./core-figures.js";
import { earlierRevision } from "./earlier-revision.js";
import { measureExamples } from "./example-figures.js";
import type { Figure } from "./figure.js";
import { measureFollowing } from "./follow-figures.js";
import { measureHttp } from "./http-figures.js";
import { measureImport } from "./import-figures.js";
import type { Options, Part } from "./options.js";
import { measurePeers } from "./peers/peer-figures.js";
import { recallImport, rememberImport } from "./remember-import.js";
import { measureStart } from "./start-figures.js";
import { measureSweep } from "./sweep-figures.js";
import { measureWhatIf } from "./what-if-figures.js";
import { ACCOUNT } from "./world.js";

const FULL = { core: 1_500, peers: 30, http: 30_000, changes: 12, examples: 12_000 };
const QUICK = { core: 600, peers: 5, http: 3_000, changes: 3, examples: 2_000 };

/** What a run works with. */
interface Bench {
  readonly options: Options;
  readonly times: typeof FULL;
  readonly dataDir: string;
  readonly scratch: string;
}

/** Measures the parts that were asked for, in the order of the table. Answers are checked before they are timed. */
export async function measure(options: Options, scratch: string): Promise<readonly Figure[]> {
  const dataDir = options.data ?? join(scratch, "data");
  const bench: Bench = { options, times: options.isQuick ? QUICK : FULL, dataDir, scratch };
  const store = await openStore({ databaseUrl: undefined, dataDir }, silentLog);
  try {
    await migrate(store.db);
    const imported = await bringWorld(bench, store);
    // A server would bring it at its first start: that must not count as loading, nor worlds differ by it.
    await loadShippedCatalog(store.db);
    const inProcess = wants(bench, "core", "peers", "start", "http", "follow", "sweep");
    const figures = inProcess ? await measureWorld(bench, store) : [];
    return [...imported, ...figures, ...(await measureOffers(bench))];
  } finally {
    await store.close();
  }
}

const wants = ({ options }: Bench, ...parts: readonly Part[]): boolean => parts.some((part) => options.only.has(part));

function say(what: string): void {
  process.stderr.write(`${what} …\n`);
}

/** A world that a kept folder holds is imported again only where that is asked for, and elsewhere then. */
async function bringWorld({ options, dataDir, scratch }: Bench, { db }: Store): Promise<readonly Figure[]> {
  const found: readonly unknown[] = await db.dataSource.query("select 1 from account where id = $1", [ACCOUNT]);
  const isThere = found.length > 0;
  if (isThere && !options.only.has("import")) return await recallImport(dataDir);
  say("importing");
  const figures = await measureImport(options.size, isThere ? join(scratch, "again") : dataDir, scratch);
  await rememberImport(dataDir, figures);
  return figures;
}

async function measureWorld(bench: Bench, store: Store): Promise<readonly Figure[]> {
  say("reading the world");
  const snapshot = await loadSnapshot(store.db);
  const core = wants(bench, "core", "peers") ? await measureInProcess(bench, store, snapshot) : [];
  const served = wants(bench, "start", "http", "follow", "sweep") ? await measureServer(bench, store, snapshot) : [];
  return [...core, ...served];
}

async function measureInProcess(
  { options, times }: Bench,
  { db }: Store,
  snapshot: Snapshot,
): Promise<readonly Figure[]> {
  say("checking answers");
  checkCore(snapshot);
  say("measuring the core");
  const core = measureCore(snapshot, times.core);
  const figures = [...core.figures, measureWhatIf(snapshot)];
  if (!options.only.has("peers")) return figures;
  say("measuring peers");
  return [...figures, ...(await measurePeers(db, snapshot, core, times.peers))];
}

async function measureServer(bench: Bench, { db }: Store, snapshot: Snapshot): Promise<readonly Figure[]> {
  const { options, times, dataDir } = bench;
  const earlier = options.only.has("sweep") ? await earlierRevision(db.url) : undefined;
  say("starting the server");
  const { ours, figures } = await measureStart(snapshot, dataDir);
  try {
    if (options.only.has("http")) say("measuring HTTP");
    const http = options.only.has("http")
      ? await withHello((hello) => measureHttp(snapshot, { hello, ours }, times.http))
      : [];
    if (options.only.has("follow")) say("following changes");
    const following = options.only.has("follow") ? await measureFollowing(db.url, snapshot, ours, times.changes) : [];
    if (earlier !== undefined) say("asking questions of all kinds");
    const sweep = earlier !== undefined ? await measureSweep(snapshot, earlier, ours) : [];
    return [...figures, ...http, ...following, ...sweep];
  } finally {
    await ours.stop();
  }
}

/** The playground's examples have a database of their own. */
async function measureOffers(bench: Bench): Promise<readonly Figure[]> {
  if (!wants(bench, "examples")) return [];
  say("measuring the playground's examples");
  const folder = join(bench.scratch, "offers");
  return await withHello((hello) => measureExamples(hello, folder, bench.times.examples));
}

async function withHello<T>(work: (hello: ChildServer) => Promise<T>): Promise<T> {
  const hello = await startChild("hello-server.ts");
  try {
    return await work(hello);
  } finally {
    await hello.stop();
  }
}
