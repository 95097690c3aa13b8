/**
 * Starts the built server as a newcomer does, in a data folder that is not there yet: it must answer an example within 15
 * seconds, stop in order, and answer within 5 when it is started again.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const root = dirname(import.meta.dirname);
const folder = await mkdtemp(join(tmpdir(), "ramgraph-smoke-"));
const env = { ...process.env, PORT: "0", LOG_LEVEL: "warn", RAMGRAPH_DATA_DIR: join(folder, "data") };

try {
  await tryOnce("first start", 15_000);
  await tryOnce("second start", 5_000);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function tryOnce(name, limit) {
  const start = performance.now();
  const server = spawn("npm", ["start", "-s"], { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  // The pipe closes with the last process that holds it, the server itself, which npm may leave to end by itself.
  const end = once(server, "close");
  const origin = await readOrigin(server);
  const answer = await ask(origin);
  const taken = performance.now() - start;
  server.kill("SIGTERM");
  await end;
  console.log(`${name}: answered \`${answer.slice(0, 80)}…\` after ${Math.round(taken)} ms`);
  if (taken > limit) throw new Error(`the ${name} took ${Math.round(taken)} ms, and ${limit} are allowed`);
}

/** The address that the server prints. */
async function readOrigin(server) {
  for await (const line of createInterface(server.stdout)) {
    const address = /(http:\/\/\S+)\/graphql/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error("the server ended without telling its address");
}

/** Asks as the server's own hint says. */
async function ask(origin) {
  const command = ["run", "-s", "ramgraph", "--", "ask", "WhoCanDeleteSecurityGroup", "--url", origin, "--json"];
  const { stdout } = await promisify(execFile)("npm", command, { cwd: root });
  if (!stdout.includes("AliyunServiceRoleForMqttTunnel")) throw new Error(`not the right answer: ${stdout}`);
  return stdout;
}
