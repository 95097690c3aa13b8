import { once } from "node:events";
import type { Server } from "node:http";
import { Failure } from "../app/failure.js";

export interface Address {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
}

/** The settings that name an address. */
export interface Names {
  readonly host: string;
  readonly port: string;
}

export const DOOR: Names = { host: "HOST", port: "PORT" };
export const METRICS_DOOR: Names = { host: "RAMGRAPH_METRICS_HOST", port: "RAMGRAPH_METRICS_PORT" };

/**
 * Begins to listen.
 *
 * @returns e.g. `http://127.0.0.1:4000`
 * @throws Failure saying why that is impossible and which setting to change
 */
export async function listen(server: Server, { host, port }: Address, names: Names): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw new Failure(explainListening({ host, port }, names, error), { cause: error });
  }
  const address = server.address();
  const given = typeof address === "object" && address !== null ? address.port : port;
  return `http://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${given}`;
}

function explainListening({ host, port }: Address, names: Names, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `port ${port} of ${host} is taken by another program; set ${names.port} to a free one`;
  }
  if (code === "EACCES") {
    return `this user may not listen on port ${port} of ${host}; set ${names.port} to one above 1023`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return `cannot listen on ${host}: ${reason}; check ${names.host} and ${names.port}`;
}
