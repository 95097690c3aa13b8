/**
 * Starts the built server as a newcomer does, in a data folder that is not there yet: it must answer an example within 15
 * seconds, stop in order, and answer within 5 when it is started again.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { tryServer } from "./try-server.mjs";

const cwd = dirname(import.meta.dirname);
const folder = await mkdtemp(join(tmpdir(), "ramgraph-smoke-"));
const env = { ...process.env, PORT: "0", LOG_LEVEL: "warn", RAMGRAPH_DATA_DIR: join(folder, "data") };
// Asked as the server's own hint says.
const ask = ["npm", "run", "-s", "ramgraph", "--", "ask", "WhoCanDeleteSecurityGroup"];

try {
  await tryOnce("first start", 15_000);
  await tryOnce("second start", 5_000);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function tryOnce(name, limit) {
  const taken = await tryServer(["npm", "start", "-s"], ask, { cwd, env }, limit);
  console.log(`${name}: answered after ${taken} ms`);
}
