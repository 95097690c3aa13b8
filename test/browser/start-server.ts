import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const command = join(root, "dist/src/cli/main.js");
const patience = 120_000;

export interface StartedServer {
  /** E.g. `http://127.0.0.1:4123`, no slash at the end. */
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the built server as a user would, on a free port and with a data folder of its own, and waits until it answers.
 *
 * @throws Error with all that the server wrote, when it ends or stays silent
 */
export async function startServer(): Promise<StartedServer> {
  if (!existsSync(command)) throw new Error(`\`${command}\` is missing: run \`npm run build\` first`);
  const dataDir = await mkdtemp(join(tmpdir(), "ramgraph-browser-"));
  const port = String(await findFreePort());
  const { DATABASE_URL: _database, RAMGRAPH_SCREENSHOT: _screenshot, ...inherited } = process.env;
  const env = { ...inherited, HOST: "127.0.0.1", PORT: port, RAMGRAPH_DATA_DIR: dataDir };
  const server = spawn(process.execPath, [command, "serve"], { cwd: dataDir, env });
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await end(server);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await waitUntilItAnswers(server, `${origin}/playground/`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { origin, stop };
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no free port was given");
  return address.port;
}

async function waitUntilItAnswers(server: ChildProcess, url: string): Promise<void> {
  const output: string[] = [];
  for (const stream of [server.stdout, server.stderr]) stream?.on("data", (chunk) => output.push(String(chunk)));
  const deadline = performance.now() + patience;
  while (performance.now() < deadline && !hasEnded(server)) {
    const answers = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server does not answer at ${url}; it wrote:\n${output.join("")}`);
}

function hasEnded(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null;
}

/** Waits for the server's own orderly end, which also stops its database. */
async function end(server: ChildProcess): Promise<void> {
  if (hasEnded(server)) return;
  server.kill("SIGTERM");
  await once(server, "exit");
}
