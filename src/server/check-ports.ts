import { once } from "node:events";
import { createServer } from "node:http";
import type { Config } from "../app/config.js";
import { type Address, DOOR, listen, METRICS_DOOR, type Names } from "./listen.js";

/**
 * Tries whether the server will be able to listen, and listens no longer than that: a server is reached from when it can
 * answer, and one that never will must not bring a database up to date first.
 *
 * @throws Failure when it cannot listen there
 */
export async function checkPorts(config: Pick<Config, "host" | "port" | "metricsDoor">): Promise<void> {
  await checkPort(config, DOOR);
  if (config.metricsDoor !== undefined) await checkPort(config.metricsDoor, METRICS_DOOR);
}

async function checkPort(address: Address, names: Names): Promise<void> {
  const server = createServer();
  server.on("connection", (socket) => socket.destroy());
  await listen(server, address, names);
  const closed = once(server, "close");
  server.close();
  await closed;
}
