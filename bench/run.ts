import { mkdtemp, rm } from "node:fs/promises";
import { arch, cpus, platform, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadSnapshot } from "../src/app/load-snapshot.js";
import { silentLog } from "../src/app/log.js";
import { openStore, type Store } from "../src/app/open-store.js";
import { importAccountFolder } from "../src/app/run-import.js";
import type { Snapshot } from "../src/grants/snapshot.js";
import { migrate } from "../src/store/migrate.js";
import { checkCore } from "./check-core.js";
import { measureCore } from "./core-figures.js";
import { type Figure, milliseconds, tableOf } from "./figure.js";
import { measureHttp } from "./http-figures.js";
import { measurePeers } from "./peers/peer-figures.js";
import { ACCOUNT, SIZES, type WorldSize } from "./world.js";
import { writeWorld } from "./write-world.js";

/**
 * Measures a made-up world: `npm run bench -- --size S|M|L [--quick] [--json] [--data <folder>]
 * [--only core,peers,http]`. The data folder keeps the
 * imported world for the next run; without it all is made in a folder that goes away. Answers are checked before they are
 * timed, and exit code 1 says that one was wrong.
 */
const { values } = parseArgs({
  options: {
    size: { type: "string", default: "S" },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    data: { type: "string" },
    only: { type: "string", default: "core,peers,http" },
  },
});
const size = SIZES[values.size];
if (size === undefined) throw new Error(`\`--size ${values.size}\`: there are ${Object.keys(SIZES).join(", ")}`);

const scratch = await mkdtemp(join(tmpdir(), "ramgraph-bench-"));
const dataDir = values.data ?? join(scratch, "data");
const store = await openStore({ databaseUrl: undefined, dataDir }, silentLog);
try {
  const figures = await measure(store, size);
  const machine = `${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? ""}, Node ${process.version}`;
  const when = new Date().toISOString();
  const text = values.json
    ? JSON.stringify({ when, machine, size: values.size, figures })
    : `${when}, world ${values.size}, ${machine}\n\n${tableOf(figures)}`;
  process.stdout.write(`${text}\n`);
} finally {
  await store.close();
  await rm(scratch, { recursive: true });
}

function say(what: string): void {
  process.stderr.write(`${what} …\n`);
}

async function measure(opened: Store, world: WorldSize): Promise<readonly Figure[]> {
  const time = values.quick ? 200 : 1_500;
  const { snapshot, figures } = await load(opened, world);
  say("checking answers");
  checkCore(snapshot);
  say("measuring the core");
  const core = measureCore(snapshot, time);
  const parts = new Set(values.only.split(","));
  if (parts.has("peers")) say("measuring peers");
  const peers = parts.has("peers") ? await measurePeers(opened.db, snapshot, core, values.quick ? 5 : 30) : [];
  if (parts.has("http")) say("measuring HTTP");
  const http = parts.has("http") ? await measureHttp(snapshot, dataDir, values.quick ? 2 : 8) : [];
  return [...figures, ...core.figures, ...peers, ...http];
}

async function load({ db }: Store, world: WorldSize): Promise<{ snapshot: Snapshot; figures: readonly Figure[] }> {
  await migrate(db);
  const known = await loadSnapshot(db);
  const imported = known.accounts.has(ACCOUNT) ? [] : [await importWorld(db, world)];
  const start = performance.now();
  const snapshot = await loadSnapshot(db);
  const measured = milliseconds(performance.now() - start);
  return { snapshot, figures: [...imported, { what: "a snapshot from Postgres", target: "", measured }] };
}

async function importWorld(db: Store["db"], world: WorldSize): Promise<Figure> {
  const folder = join(scratch, "export");
  await writeWorld(world, folder, 1);
  const { durationMs } = await importAccountFolder(db, folder, { allowShrink: false, onProgress: () => undefined });
  return {
    what: "import",
    target: "≤ 90 s at L",
    measured: milliseconds(durationMs),
    isMet: durationMs <= 90_000,
  };
}
