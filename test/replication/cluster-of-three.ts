import { type ChildProcess, execFileSync } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Cluster, handOver, locateCluster, spawnProgram } from "../../src/store/embedded/cluster.js";
import { initCluster } from "../../src/store/embedded/init-cluster.js";
import { type Line, layLine } from "../server/cut-line.js";

/** One Postgres of its own. */
export class Node {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number, password: string) {
    this.#child = child;
    this.url = `postgres://ramgraph:${password}@127.0.0.1:${port}/postgres`;
  }

  /** Starts it on a folder that is ready for it, and waits until it answers. */
  static async start(cluster: Cluster): Promise<Node> {
    const password = await readFile(join(cluster.home, "password"), "utf8");
    const log = await open(join(cluster.dataDir, "postgres.log"), "a");
    const port = await freePort();
    const flags = [
      "listen_addresses=127.0.0.1",
      `port=${port}`,
      "unix_socket_directories=",
      "fsync=off",
      "timezone=UTC",
    ];
    const args = (seen: string) => ["-D", `${seen}/data`, ...flags.flatMap((flag) => ["-c", flag])];
    const child = await spawnProgram(cluster, "postgres", cluster.home, args, { output: log.fd });
    await log.close();
    const node = new Node(child, port, password);
    while (!(await node.answers())) {
      if (child.exitCode !== null) throw new Error(await readFile(join(cluster.dataDir, "postgres.log"), "utf8"));
      await sleep(50);
    }
    return node;
  }

  async query<Row extends pg.QueryResultRow>(sql: string): Promise<readonly Row[]> {
    const client = new pg.Client({ connectionString: this.url });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Lets every process of it stand still: connections stay, and nothing answers. */
  freeze(): void {
    this.#signal("SIGSTOP");
  }

  thaw(): void {
    this.#signal("SIGCONT");
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    this.#signal("SIGKILL");
    await this.#ended();
  }

  async stop(): Promise<void> {
    this.thaw();
    this.#child.kill("SIGINT");
    await this.#ended();
  }

  async #ended(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "exit");
  }

  async answers(): Promise<boolean> {
    return await this.query("SELECT 1").then(
      () => true,
      () => false,
    );
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    for (const each of [pid, ...childrenOf(pid)]) {
      try {
        process.kill(each, signal);
      } catch {
        // It has ended meanwhile.
      }
    }
  }
}

/** A primary and two streaming replicas, each on a line of its own to the primary. */
export interface ClusterOfThree {
  readonly primary: Node;
  readonly replicas: readonly [Node, Node];
  /** From each replica to the primary: what is committed while it is cut does not get there. */
  readonly lines: readonly [Line, Line];
  readonly stop: () => Promise<void>;
}

/** Starts all three on folders of their own, which go with them. */
export async function startThree(): Promise<ClusterOfThree> {
  const folder = await mkdtemp(join(tmpdir(), "ramgraph-three-"));
  const places = await Promise.all(["primary", "one", "two"].map((name) => locateCluster(join(folder, name))));
  const [first, one, two] = places;
  if (first === undefined || one === undefined || two === undefined) throw new Error("there are three places");
  for (const { dataDir } of places) await mkdir(dataDir);
  await initCluster(first, false);
  // What initdb made and nobody has written to since is a backup that needs no further words.
  for (const each of [one, two]) execFileSync("cp", ["-a", first.home, each.home]);
  const primary = await Node.start(first);
  const lines = [await layLine(primary.url), await layLine(primary.url)] as const;
  const replicas = [await follow(one, lines[0].url), await follow(two, lines[1].url)] as const;
  const stop = async () => {
    for (const node of [...replicas, primary]) await node.stop();
    for (const line of lines) await line.cut();
    await rm(folder, { recursive: true, force: true });
  };
  return { primary, replicas, lines, stop };
}

async function follow(cluster: Cluster, primaryUrl: string): Promise<Node> {
  const data = join(cluster.home, "data");
  const settings = `primary_conninfo = '${primaryUrl}'\nwal_retrieve_retry_interval = 100\n`;
  await appendFile(join(data, "postgresql.auto.conf"), settings);
  await writeFile(join(data, "standby.signal"), "");
  await handOver(cluster, join(data, "standby.signal"), 0o600);
  return await Node.start(cluster);
}

function childrenOf(pid: number): readonly number[] {
  try {
    const text = execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });
    return text.trim().split("\n").map(Number);
  } catch {
    return [];
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
