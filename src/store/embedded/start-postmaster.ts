import type { ChildProcess } from "node:child_process";
import { open, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Cluster, spawnProgram } from "./cluster.js";
import { clusterName, type Postmaster, readLockFile, waitUntil } from "./postmaster.js";

const ATTEMPTS = 20;
/** Recovery after a crash may have much to replay. */
const PATIENCE_MS = 120_000;
const LOG_LIMIT = 1_048_576;

/** Settings that trade safety against a crash of the machine for speed: for tests. */
const FORGETFUL = ["-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];

/**
 * Starts the server on a free port of 127.0.0.1 and waits until it takes connections. It is nobody's child in effect:
 * it does not share our terminal's signals and outlives us.
 *
 * @throws Error with the end of the server's log when it does not start.
 */
export async function startPostmaster(cluster: Cluster, isDurable: boolean): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const log = await openLog(cluster);
    const child = await spawnProgram(cluster, "postgres", cluster.home, await settings(cluster, isDurable), {
      output: log.fd,
      detached: true,
    });
    await log.close();
    child.unref();
    const started = await awaitReady(cluster, child);
    if (started !== undefined) {
      await writeFile(portFile(cluster), String(started.port), { mode: 0o600 });
      return started;
    }
    const words = await endOfLog(cluster);
    // Another program took the port first, or processes of a killed server are still about to leave.
    const mayPass = /could not (bind|create any TCP)|still in use|already exists/.test(words);
    if (!mayPass || attempt === ATTEMPTS) throw new Error(`Postgres did not start in ${cluster.dataDir}: ${words}`);
    await sleep(250);
  }
}

/** Waits for the state `ready` in the lock file of a server; `undefined` when the server ends before. */
async function awaitReady(cluster: Cluster, child: ChildProcess): Promise<Postmaster | undefined> {
  let hasEnded = false;
  child.once("error", () => {
    hasEnded = true;
  });
  child.once("exit", () => {
    hasEnded = true;
  });
  let found: Postmaster | undefined;
  await waitUntil(async () => {
    found = await readLockFile(cluster);
    return hasEnded || (found?.pid === child.pid && found?.isReady === true);
  }, PATIENCE_MS);
  return hasEnded ? undefined : found;
}

async function settings(cluster: Cluster, isDurable: boolean): Promise<(seen: string) => readonly string[]> {
  const assignments = [
    "listen_addresses=127.0.0.1",
    `port=${await choosePort(await lastPort(cluster))}`,
    "unix_socket_directories=",
    `cluster_name=${await clusterName(cluster)}`,
    "timezone=UTC",
    "log_timezone=UTC",
    // After a crash the whole folder is written out before recovery; one call to the kernel does it in half the time.
    ...(process.platform === "linux" ? ["recovery_init_sync_method=syncfs"] : []),
  ];
  const flags = assignments.flatMap((assignment) => ["-c", assignment]);
  return (seen) => ["-D", `${seen}/data`, ...flags, ...(isDurable ? [] : FORGETFUL)];
}

const portFile = (cluster: Cluster) => join(cluster.dataDir, "port");

/** Whoever still looks for a server that was killed finds its successor where it was. */
async function lastPort(cluster: Cluster): Promise<number> {
  const text = await readFile(portFile(cluster), "utf8").catch(() => "");
  return /^\d{4,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : 0;
}

/** The port that is wanted, or any where another program keeps it; processes of a killed server soon let go of theirs. */
async function choosePort(wanted: number): Promise<number> {
  if (wanted === 0) return await freePort(0);
  for (let look = 1; look <= 20; look += 1) {
    const port = await freePort(wanted).catch(() => 0);
    if (port !== 0) return port;
    await sleep(100);
  }
  return await freePort(0);
}

/** Any free port where 0 is wanted. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === "object" ? address.port : 0));
    });
  });
}

const logOf = (cluster: Cluster) => join(cluster.dataDir, "postgres.log");

async function openLog(cluster: Cluster) {
  const size = await stat(logOf(cluster)).then(
    (found) => found.size,
    () => 0,
  );
  return await open(logOf(cluster), size > LOG_LIMIT ? "w" : "a", 0o600);
}

async function endOfLog(cluster: Cluster): Promise<string> {
  const text = await readFile(logOf(cluster), "utf8").catch(() => "");
  return text.trim().split("\n").slice(-5).join("; ");
}
