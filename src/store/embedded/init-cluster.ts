import { randomBytes, randomUUID } from "node:crypto";
import { chown, lstat, mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Cluster, handOver, spawnProgram } from "./cluster.js";

const MAJOR_VERSION = "18";

/**
 * Makes the cluster if there is none yet: aside, then renamed, so that a start cut short leaves nothing half made.
 * Text is ordered by bytes and case-mapped by Postgres itself: no system library can change an index's order.
 *
 * @throws Error with the program's own words when it fails, or when the folder belongs to another major version.
 */
export async function initCluster(cluster: Cluster, isDurable: boolean): Promise<void> {
  await clearDrafts(cluster.dataDir);
  if (await exists(cluster.home)) return await checkVersion(cluster);
  const draft = join(cluster.dataDir, `draft-${randomUUID()}`);
  await mkdir(join(draft, "data"), { recursive: true, mode: 0o700 });
  await writeFile(join(draft, "password"), randomBytes(24).toString("base64url"), { mode: 0o600 });
  await handOver(cluster, join(draft, "data"), 0o700);
  await handOver(cluster, join(draft, "password"), 0o600);
  await handOver(cluster, draft, 0o700);
  await runInitdb(cluster, draft, isDurable);
  if (cluster.user !== undefined) await chown(join(draft, "password"), 0, 0);
  await rename(draft, cluster.home);
}

async function runInitdb(cluster: Cluster, draft: string, isDurable: boolean): Promise<void> {
  const words = join(draft, "initdb.log");
  const output = await open(words, "w+", 0o600);
  const flags = "-U ramgraph -A scram-sha-256 -E UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C";
  const args = (seen: string) => [
    "-D",
    `${seen}/data`,
    `--pwfile=${seen}/password`,
    "--no-instructions",
    ...flags.split(" "),
    // One call to the kernel instead of one for each of a thousand files.
    ...(isDurable ? (process.platform === "linux" ? ["--sync-method=syncfs"] : []) : ["--no-sync"]),
  ];
  try {
    const child = await spawnProgram(cluster, "initdb", draft, args, { output: output.fd });
    const problem = await new Promise<string | undefined>((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("exit", (code) => resolve(code === 0 ? undefined : `exit code ${code}`));
    });
    if (problem !== undefined) {
      throw new Error(`cannot make a database in ${cluster.dataDir}: ${problem}: ${await readFile(words, "utf8")}`);
    }
  } finally {
    await output.close();
  }
  await rm(words);
}

async function checkVersion(cluster: Cluster): Promise<void> {
  const found = (await readFile(join(cluster.home, "data", "PG_VERSION"), "utf8")).trim();
  if (found === MAJOR_VERSION) return;
  throw new Error(
    `the data in ${cluster.dataDir} was written by Postgres ${found}, and this release brings Postgres ${MAJOR_VERSION}; import into an empty folder (RAMGRAPH_DATA_DIR)`,
  );
}

async function clearDrafts(dataDir: string): Promise<void> {
  const drafts = (await readdir(dataDir)).filter((name) => name.startsWith("draft-"));
  await Promise.all(drafts.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}

const exists = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );
