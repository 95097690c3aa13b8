import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { chooseSystemUser } from "../../src/store/embedded/system-user.js";

/** A running pgbouncer before one database. */
export interface Pooler {
  /** The database's address by way of the pooler. */
  readonly url: string;
  /** What it had to complain about. */
  readonly complaints: () => Promise<readonly string[]>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts Debian's pgbouncer with its own defaults, in transaction mode.
 *
 * @param connections that it has to lend
 */
export async function startPooler(databaseUrl: string, connections: number): Promise<Pooler> {
  const folder = await mkdtemp(join(tmpdir(), "ramgraph-pooler-"));
  const port = await freePort();
  const log = join(folder, "pgbouncer.log");
  const settings = join(folder, "pgbouncer.ini");
  await writeFile(settings, describe(new URL(databaseUrl), port, connections, log));
  const user = chooseSystemUser();
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o755);
  await chmod(settings, 0o644);
  const child = spawn("pgbouncer", [settings], {
    ...user,
    cwd: "/",
    stdio: "ignore",
    env: { PATH: `${process.env.PATH}:/usr/sbin` },
  });
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  await untilAnswers(url.href, child, log);
  return {
    url: url.href,
    complaints: async () =>
      (await readFile(log, "utf8")).split("\n").filter((line) => /WARNING|ERROR|FATAL/.test(line)),
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGINT");
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function describe(
  { hostname, port, username, password }: URL,
  ownPort: number,
  connections: number,
  log: string,
): string {
  return `
[databases]
* = host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${ownPort}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${connections}
logfile = ${log}
`;
}

async function untilAnswers(url: string, child: ChildProcess, log: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    const isThere = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (isThere) return;
    if (child.exitCode !== null)
      throw new Error(`pgbouncer ended: ${await readFile(log, "utf8").catch(() => "no word")}`);
    await sleep(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}
