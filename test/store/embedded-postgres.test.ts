import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { linkLibraries, locateNative } from "../../src/store/embedded/find-native.js";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../src/store/embedded/start-embedded-postgres.js";

const SCRIPT = fileURLToPath(new URL("start-server.ts", import.meta.url));
const LOADER = "@oxc-node/core/register";

/** A cluster is made for each test, and processes are started: seconds on a busy machine. */
describe("the embedded server", () => {
  let parent: string;
  let dataDir: string;
  let children: ChildProcess[] = [];

  beforeEach(() => {
    // A folder that only its owner may enter, below another such folder: what `mktemp -d` gives to root in its home.
    parent = mkdtempSync(join(tmpdir(), "ramgraph-"));
    dataDir = join(parent, "data");
    mkdirSync(dataDir, { mode: 0o700 });
  });

  afterEach(async () => {
    for (const child of children) child.kill("SIGKILL");
    children = [];
    await (await start()).stop();
    rmSync(parent, { recursive: true });
  });

  const start = () => startEmbeddedPostgres({ dataDir, isDurable: false, log: () => undefined });

  async function startInChild(): Promise<EmbeddedPostgres & { readonly kill: () => Promise<void> }> {
    const child = spawn(process.execPath, ["--import", LOADER, SCRIPT, dataDir], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    children.push(child);
    const line = await new Promise<string>((resolve) => createInterface(child.stdout).once("line", resolve));
    const [url = "", state] = line.split(" ");
    const end = async (act: () => void) => {
      const exited = once(child, "exit");
      act();
      await exited;
    };
    return {
      url,
      isAdopted: state === "adopted",
      stop: () => end(() => child.stdin.end()),
      kill: () => end(() => child.kill("SIGKILL")),
    };
  }

  async function ask(url: string, sql: string): Promise<unknown> {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ value: unknown }>(sql);
      return rows[0]?.value;
    } finally {
      await client.end();
    }
  }

  const isUp = (url: string) =>
    ask(url, "SELECT true AS value").then(
      (value) => value === true,
      () => false,
    );

  const pidOfPostgres = () => Number(readFileSync(lockFile(), "utf8").split("\n")[0]);
  const lockFile = () => join(dataDir, "postgres", "data", "postmaster.pid");

  test("keeps its data in the folder that was given, closed to others, and the password to itself", async () => {
    const server = await start();
    expect(server.isAdopted).toBe(false);
    expect(await ask(server.url, "SELECT current_setting('server_version_num')::integer / 10000 AS value")).toBe(18);
    expect(await ask(server.url, "SELECT datlocale AS value FROM pg_database WHERE datname = 'postgres'")).toBe(
      "C.UTF-8",
    );
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(readdirSync(dataDir).sort()).toEqual(["locks", "port", "postgres", "postgres.log", "tenants"]);
    expect(statSync(join(dataDir, "postgres", "data", "PG_VERSION")).isFile()).toBe(true);
    expect(statSync(join(dataDir, "postgres", "password")).mode & 0o777).toBe(0o600);
    await expect(ask(server.url.replace(/:[^:@]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow("password authentication");
    await server.stop();
    expect(await isUp(server.url)).toBe(false);
  });

  test("is shared by processes; the last to leave stops it, whoever started it", async () => {
    const owner = await start();
    const guest = await startInChild();
    const third = await start();
    expect([owner.isAdopted, guest.isAdopted, third.isAdopted]).toEqual([false, true, true]);
    expect(guest.url).toBe(owner.url);
    await third.stop();
    await third.stop();
    await owner.stop();
    expect(await isUp(guest.url)).toBe(true);
    await guest.stop();
    expect(await isUp(guest.url)).toBe(false);
  });

  test("is started once when four processes want it at the same moment", async () => {
    const servers = await Promise.all([startInChild(), startInChild(), startInChild(), startInChild()]);
    expect(new Set(servers.map(({ url }) => url)).size).toBe(1);
    expect(servers.filter(({ isAdopted }) => !isAdopted)).toHaveLength(1);
    await Promise.all(servers.map(({ stop }) => stop()));
    expect(await isUp(servers[0].url)).toBe(false);
  });

  test("survives a kill -9 of its starter, is adopted by the next, and stopped by it", async () => {
    const killed = await startInChild();
    await killed.kill();
    expect(await isUp(killed.url)).toBe(true);
    const next = await start();
    expect(next).toMatchObject({ isAdopted: true, url: killed.url });
    await next.stop();
    expect(await isUp(killed.url)).toBe(false);
  });

  test("loses nothing that was committed when it is itself killed, and starts again", async () => {
    const killed = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    await ask(killed.url, "CREATE TABLE kept AS SELECT 7 AS value");
    process.kill(pidOfPostgres(), "SIGKILL");
    const next = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    expect(next.isAdopted).toBe(false);
    expect(await ask(next.url, "SELECT value FROM kept")).toBe(7);
    await killed.stop();
    expect(await isUp(next.url)).toBe(true);
    await next.stop();
  });

  test("comes back where it was, so that whoever still looks there finds it", async () => {
    const first = await start();
    await first.stop();
    const second = await start();
    expect(second.url).toBe(first.url);
    await second.stop();
  });

  test("is not misled by a lock file whose number belongs to another process by now", async () => {
    await (await start()).stop();
    writeFileSync(lockFile(), `${process.pid}\n${dataDir}\n1700000000\n5432\n\n127.0.0.1\n1 1\nready\n`);
    const server = await start();
    expect(server.isAdopted).toBe(false);
    expect(await isUp(server.url)).toBe(true);
    await server.stop();
  });

  test("goes on when a start was cut short", async () => {
    mkdirSync(join(dataDir, "draft-x", "data"), { recursive: true });
    mkdirSync(join(dataDir, "locks"));
    writeFileSync(join(dataDir, "locks", "turn-41"), "1-2-dead");
    const server = await start();
    expect(await isUp(server.url)).toBe(true);
    expect(readdirSync(dataDir)).not.toContain("draft-x");
    await server.stop();
  });

  test("refuses data of another major version in one sentence", async () => {
    await (await start()).stop();
    const version = join(dataDir, "postgres", "data", "PG_VERSION");
    writeFileSync(version, "17\n");
    await expect(start()).rejects.toThrow(/written by Postgres 17, and this release brings Postgres 18/);
    writeFileSync(version, "18\n");
  });

  test("makes its folder and those above it", async () => {
    const deeper = join(dataDir, "a", "b");
    const server = await startEmbeddedPostgres({ dataDir: deeper, isDurable: false, log: () => undefined });
    expect(statSync(deeper).mode & 0o777).toBe(0o700);
    await server.stop();
  });
});

describe("a folder that cannot hold data", () => {
  const attempt = (dataDir: string) => startEmbeddedPostgres({ dataDir, log: () => undefined });

  test("is a file, or lies in one", async () => {
    const file = fileURLToPath(import.meta.url);
    await expect(attempt(file)).rejects.toThrow(/cannot be the data folder \(.*EEXIST.*; set RAMGRAPH_DATA_DIR/);
    await expect(attempt(join(file, "data"))).rejects.toThrow(/cannot be the data folder \(.*ENOTDIR/);
  });

  test("lies where the system makes no folders, which must not go on for ever", async () => {
    await expect(attempt("/proc/ramgraph/data")).rejects.toThrow(/cannot be the data folder/);
  });
});

describe("the binaries", () => {
  test("that are missing for a machine are a sentence that names the way out", () => {
    expect(() => locateNative("sunos-sparc")).toThrow("no embedded Postgres for sunos-sparc; set DATABASE_URL");
    expect(() => locateNative("win32-x64")).toThrow("(package @embedded-postgres/windows-x64 is not installed); set");
  });

  test("get the links that a blocked install script did not make, from several starts at once", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ramgraph-"));
    const native = join(folder, "native");
    mkdirSync(join(native, "lib"), { recursive: true });
    writeFileSync(join(native, "lib", "libpq.so.5.18"), "library");
    const links = ["libpq.so", "libpq.so.5"].map((name) => ({
      source: "native/lib/libpq.so.5.18",
      target: `native/lib/${name}`,
    }));
    writeFileSync(join(native, "pg-symlinks.json"), JSON.stringify(links));
    expect(await Promise.all([linkLibraries(native), linkLibraries(native), linkLibraries(native)])).toEqual([
      true,
      true,
      true,
    ]);
    expect(readFileSync(join(native, "lib", "libpq.so.5"), "utf8")).toBe("library");
    rmSync(folder, { recursive: true });
  });
});
