import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/**
 * Starts a server as its user does, asks it an example, and stops it in order.
 *
 * @param start program and arguments
 * @param ask the same for a question; the server's address is added
 * @param where `cwd` and `env` of both
 * @returns milliseconds until it was there
 */
export async function tryServer(start, ask, where) {
  const begin = performance.now();
  const server = spawn(start[0], start.slice(1), { ...where, stdio: ["ignore", "pipe", "inherit"] });
  // The pipe closes with the last process that holds it, the server itself, which npm may leave to end by itself.
  const end = once(server, "close");
  const origin = await readOrigin(server);
  const asked = await promisify(execFile)(ask[0], [...ask.slice(1), "--url", origin, "--json"], where);
  const answer = String(asked.stdout);
  if (!answer.includes("AliyunServiceRoleForMqttTunnel")) throw new Error(`not the right answer: ${answer}`);
  const taken = Math.round(performance.now() - begin);
  server.kill("SIGTERM");
  await end;
  return taken;
}

/** The address that the server prints. */
async function readOrigin(server) {
  for await (const line of createInterface(server.stdout)) {
    const address = /(http:\/\/\S+)\/graphql/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error("the server ended without telling its address");
}
