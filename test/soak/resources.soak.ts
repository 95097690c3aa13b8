import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type RunningServer, runCommand, startServer } from "../ramgraph-process.js";
import { ask, parse } from "../server/send.js";

const acme = join(import.meta.dirname, "../fixtures/accounts/acme");
/** More than a file may hold below, and more than a small heap does. */
const USERS = 200_000;

let folder: string;
let settings: Readonly<Record<string, string>>;
/** In the order in which they were started. */
const stops: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ramgraph-resources-"));
  settings = { RAMGRAPH_DATA_DIR: join(folder, "data"), LOG_LEVEL: "silent" };
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<RunningServer> {
  const server = await startServer(settings);
  stops.push(server.stop);
  return server;
}

/** An account with so many users, each with as long a name as may be. */
async function writeLargeExport(): Promise<string> {
  const path = join(folder, "large");
  await cp(acme, path, { recursive: true });
  const users = Array.from({ length: USERS }, (_, index) => {
    const id = String(300_000_000_000_000_000n + BigInt(index));
    const name = `user-${String(index).padStart(6, "0")}-${"x".repeat(40)}`;
    return { UserName: name, UserId: id, DisplayName: name, Comments: "", CreateDate: "2026-01-05T08:00:00Z" };
  });
  const page = { RequestId: "1", IsTruncated: false, Users: { User: users } };
  await rm(join(path, "ram.ListUsers.2.json"));
  await writeFile(join(path, "ram.ListUsers.1.json"), JSON.stringify(page));
  return path;
}

const stateOf = async ({ origin }: RunningServer) => {
  const { body } = await ask(origin, "{ snapshot { revision trouble } roles { totalCount } }");
  return (parse(body) as { readonly data: object }).data;
};

test("a disk that is full takes an import back, reads go on, and the next import needs nobody", async () => {
  const large = await writeLargeExport();
  await startTightPostgres(settings.RAMGRAPH_DATA_DIR ?? "");
  const server = await start();
  const before = await stateOf(server);
  const refused = await runCommand(["import", "account", large], settings);
  process.stdout.write(`${refused.stderr}\n`);
  expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining("has no room left on its disk") });
  expect(refused.stderr).not.toContain("    at ");
  expect(await stateOf(server)).toEqual(before);
  expect(await runCommand(["import", "account", acme], settings)).toMatchObject({ code: 0 });
  expect(await ask(server.origin, '{ snapshot(at: { minRevision: "2" }) { revision } }')).toMatchObject({
    status: 200,
  });
});

test("an importer that runs out of memory leaves all of its import or nothing, and a server that answers", async () => {
  const large = await writeLargeExport();
  const server = await start();
  const before = await stateOf(server);
  let died = 0;
  for (const megabytes of [24, 32, 40, 48, 64]) {
    const tight = { ...settings, NODE_OPTIONS: `--max-old-space-size=${megabytes}` };
    const { code, stderr } = await runCommand(["import", "account", large], tight);
    process.stdout.write(`${megabytes} MiB: exit code ${code}\n`);
    if (code === 0) break;
    died += 1;
    expect(stderr).toContain("heap out of memory");
    expect(await stateOf(server)).toEqual(before);
  }
  expect(died).toBeGreaterThan(0);
  expect(await runCommand(["import", "account", large], settings)).toMatchObject({ code: 0 });
});

/**
 * Starts the Postgres of the data folder so that each of its processes may write files of 17 MiB, one more than a segment of its
 * log, and no larger ones. Others adopt it.
 */
async function startTightPostgres(dataDir: string): Promise<void> {
  const program = join(import.meta.dirname, "../store/start-server.ts");
  const blocks = (17 * 1024 * 1024) / 512;
  const limited = `ulimit -f ${blocks}; exec "$0" --import @oxc-node/core/register ${program} "$1"`;
  const child = spawn("sh", ["-c", limited, process.execPath, dataDir], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  stops.push(async () => {
    child.stdin.end();
    await ended;
  });
}
