/**
 * Starts the built server as a newcomer does, in a data folder that is not there yet: it must answer an example, stop in order, and
 * answer again when it is started again. How long it takes is told and not judged, for a machine may be busy: 15 seconds at first
 * and 5 later are promised on an idle one.
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
  await tryOnce("first start");
  await tryOnce("second start");
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function tryOnce(name) {
  const taken = await tryServer(["npm", "start", "-s"], ask, { cwd, env });
  console.log(`${name}: answered after ${taken} ms`);
}
