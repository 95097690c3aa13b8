import { realpath } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { type Cluster, locateCluster } from "./cluster.js";
import { withFolderLock } from "./folder-lock.js";
import { initCluster } from "./init-cluster.js";
import { makeFolder } from "./make-folder.js";
import {
  findPostmaster,
  type Postmaster,
  readLockFile,
  readPassword,
  stopPostmaster,
  waitUntil,
} from "./postmaster.js";
import { startPostmaster } from "./start-postmaster.js";
import { enter, leave } from "./tenants.js";

export interface EmbeddedPostgresOptions {
  /** Folder for everything that the server keeps; made when missing. */
  readonly dataDir: string;
  /** Takes plain sentences about what happens. */
  readonly log: (line: string) => void;
  /** False gives up safety against a crash of the machine, for tests. True when left out. */
  readonly isDurable?: boolean;
}

export interface EmbeddedPostgres {
  /** Connection string with the password: keep it out of logs. */
  readonly url: string;
  /** True when the server ran already, started by another process or left by one that was killed. */
  readonly isAdopted: boolean;
  /** Stops the server, unless another living process uses it: the last to leave stops it. */
  readonly stop: () => Promise<void>;
}

/**
 * Runs a real Postgres on a folder, for this process and every other one that names the same folder: the first starts
 * it, the others adopt it, the last to call `stop` stops it. A server whose starter was killed stays, and is adopted.
 *
 * @throws Error in one sentence when the server cannot be started.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = await openDataFolder(options.dataDir);
  const cluster = await locateCluster(dataDir);
  return await withFolderLock(join(dataDir, "locks"), async () => {
    await initCluster(cluster, options.isDurable ?? true);
    const running = await adopt(cluster);
    const postmaster = running ?? (await startPostmaster(cluster, options.isDurable ?? true));
    options.log(`${running === undefined ? "started" : "found"} Postgres on 127.0.0.1:${postmaster.port} (${dataDir})`);
    const tenant = await enter(dataDir);
    return {
      url: urlOf(postmaster.port, await readPassword(cluster)),
      isAdopted: running !== undefined,
      stop: () => stop(cluster, tenant),
    };
  });
}

async function openDataFolder(path: string): Promise<string> {
  try {
    await makeFolder(path);
    return await realpath(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `\`${path}\` cannot be the data folder (${reason}); set RAMGRAPH_DATA_DIR to one that can be written`,
    );
  }
}

/** A server that cannot be spoken to, though its process lives, is stopped so that a new one can take its place. */
async function adopt(cluster: Cluster): Promise<Postmaster | undefined> {
  const found = await findPostmaster(cluster);
  if (found === undefined) return undefined;
  const isReady = await waitUntil(async () => (await readLockFile(cluster))?.isReady !== false, 60_000);
  if (isReady && (await answers(urlOf(found.port, await readPassword(cluster))))) return found;
  await stopPostmaster(cluster, found);
  return undefined;
}

async function stop(cluster: Cluster, tenant: string): Promise<void> {
  await withFolderLock(join(cluster.dataDir, "locks"), async () => {
    if (!(await leave(cluster.dataDir, tenant))) return;
    const running = await findPostmaster(cluster);
    if (running !== undefined) await stopPostmaster(cluster, running);
  });
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const urlOf = (port: number, password: string) => `postgres://ramgraph:${password}@127.0.0.1:${port}/postgres`;
