import { statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import type { Config } from "../config.js";
import { type Check, failed, passed, skipped, warned } from "./check.js";

const MIB = 1024 * 1024;
/** Mebibytes below which an import may fail, and below which it will. */
const SCARCE = 1_024;
const TOO_LITTLE = 128;

/** The disk of the embedded Postgres. */
export async function checkDisk({ databaseUrl, dataDir }: Config): Promise<Check> {
  if (databaseUrl !== undefined) return skipped("disk", "the data lies with your own Postgres");
  const { bavail, bsize } = await statOf(dataDir);
  const free = Math.round((Number(bavail) * Number(bsize)) / MIB);
  const message = `${free} MiB free at ${dataDir}`;
  const hint = "make room, prune history (`ramgraph prune --help`), or set RAMGRAPH_DATA_DIR to another disk";
  if (free < TOO_LITTLE) return failed("disk", message, hint);
  return free < SCARCE ? warned("disk", message, hint) : passed("disk", message);
}

/** The folder may not be there yet; the disk is that of the first one above it that is. */
async function statOf(path: string): ReturnType<typeof statfs> {
  try {
    return await statfs(path);
  } catch (error) {
    if (dirname(path) === path) throw error;
    return await statOf(dirname(path));
  }
}

/** A door that a server opens, and the settings that say where. */
interface Place {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly settings: readonly [host: string, port: string];
}

/** Whether the server can listen, or runs already, at each of its doors. */
export async function checkPorts({ host, port, metricsDoor }: Config): Promise<readonly Check[]> {
  const doors: Place[] = [{ name: "port", host, port, settings: ["HOST", "PORT"] }];
  if (metricsDoor !== undefined) {
    doors.push({ name: "metrics", ...metricsDoor, settings: ["RAMGRAPH_METRICS_HOST", "RAMGRAPH_METRICS_PORT"] });
  }
  return await Promise.all(doors.map(checkPort));
}

async function checkPort({ name, host, port, settings: [hostName, portName] }: Place): Promise<Check> {
  const code = await tryToListen(host, port);
  if (code === undefined) return passed(name, `${port} of ${host} is free`);
  if (code !== "EADDRINUSE") {
    const hint = `set ${hostName} and ${portName} to ones that are yours`;
    return failed(name, `cannot listen on ${port} of ${host} (${code})`, hint);
  }
  if (await isOurs(host, port)) return passed(name, `a ramgraph server answers at ${port} of ${host}`);
  return failed(name, `${port} of ${host} is taken by another program`, `set ${portName} to a free one`);
}

async function tryToListen(host: string, port: number): Promise<string | undefined> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

async function isOurs(host: string, port: number): Promise<boolean> {
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const url = `http://${name.includes(":") && !name.startsWith("[") ? `[${name}]` : name}:${port}/healthz`;
  const reply = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  await reply?.body?.cancel();
  return reply?.headers.has("x-request-id") === true;
}
