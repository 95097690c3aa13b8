import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "./cluster.js";
import { identifyProcess, isAlive } from "./process-identity.js";

/** A running server, as its own lock file tells of it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** A name for the cluster that stands in the server's command line: it tells our server from a reused number. */
export async function clusterName(cluster: Cluster): Promise<string> {
  return `ramgraph-${createHash("sha256")
    .update(await readPassword(cluster))
    .digest("hex")
    .slice(0, 12)}`;
}

export async function readPassword(cluster: Cluster): Promise<string> {
  return await readFile(join(cluster.home, "password"), "utf8");
}

/** Finds the server that runs on the cluster; removes the lock file of a dead one where another process has its number. */
export async function findPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const found = await readLockFile(cluster);
  if (found === undefined || identifyProcess(found.pid) === undefined) return undefined;
  const command = commandOf(found.pid);
  if (command === undefined || command.includes(await clusterName(cluster))) return found;
  await rm(lockFileOf(cluster), { force: true });
  return undefined;
}

/** Reads `postmaster.pid`: number, folder, start, port, socket folder, address, shared memory, state. */
export async function readLockFile(cluster: Cluster): Promise<Postmaster | undefined> {
  const text = await readFile(lockFileOf(cluster), "utf8").catch(() => "");
  const lines = text.split("\n").map((line) => line.trim());
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 ? { pid, port, isReady: lines[7] === "ready" } : undefined;
}

/** Asks the server to end its sessions and stop; after 20 seconds it is told to drop everything (and recovers later). */
export async function stopPostmaster(cluster: Cluster, postmaster: Postmaster): Promise<void> {
  const identity = identifyProcess(postmaster.pid);
  if (identity === undefined) return;
  interrupt(cluster, postmaster.pid);
  if (await waitUntil(() => !isAlive(identity), 20_000)) return;
  process.kill(postmaster.pid, "SIGQUIT");
  await waitUntil(() => !isAlive(identity), 10_000);
}

export async function waitUntil(isDone: () => boolean | Promise<boolean>, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (!(await isDone())) {
    if (Date.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}

function interrupt(cluster: Cluster, pid: number): void {
  if (process.platform !== "win32") {
    process.kill(pid, "SIGINT");
    return;
  }
  execFileSync(join(cluster.native, "bin", "pg_ctl.exe"), ["stop", "-m", "fast", "-D", join(cluster.home, "data")]);
}

const lockFileOf = (cluster: Cluster) => join(cluster.home, "data", "postmaster.pid");

/** The command line of a process; `undefined` where the system does not tell. */
function commandOf(pid: number): string | undefined {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    if (process.platform === "win32") return undefined;
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return undefined;
  }
}
