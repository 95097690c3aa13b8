import { once } from "node:events";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { send } from "../server/send.js";

/** Stands in for a load balancer: sends each question to the next server, and to another one when that has gone. */
export interface Balancer {
  /** E.g. `http://127.0.0.1:4123`. */
  readonly origin: string;
  /** How many questions had to be asked again elsewhere. */
  readonly retries: () => number;
  readonly close: () => Promise<void>;
}

/** @param origins of the servers */
export async function startBalancer(origins: readonly string[]): Promise<Balancer> {
  let turn = 0;
  let retries = 0;
  const pass = async (path: string, body: Buffer) => {
    turn += 1;
    const first = turn;
    for (let attempt = 1; ; attempt += 1) {
      const origin = origins[(first + attempt) % origins.length] ?? "";
      try {
        return await send(origin, { path, body, headers: { "content-type": "application/json" } });
      } catch (error) {
        if (attempt === origins.length) throw error;
        retries += 1;
      }
    }
  };
  const server = createServer((request, response) => {
    buffer(request)
      .then((body) => pass(request.url ?? "/", body))
      .then(
        ({ status, body }) => response.writeHead(status).end(body),
        () => response.writeHead(502).end("no server answers"),
      );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the balancer has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    retries: () => retries,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
