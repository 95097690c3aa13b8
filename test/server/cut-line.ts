import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A line to a database that can be cut and mended. */
export interface Line {
  /** The database's address by way of the line. */
  readonly url: string;
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
  /** Lets it lead to another database from now on; what is connected stays so. */
  readonly redirect: (databaseUrl: string) => void;
}

/** Lays a line on a free port of this machine; cut it at the end. */
export async function layLine(databaseUrl: string): Promise<Line> {
  let target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  const port = await listen(server, 0);
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    url: url.href,
    cut: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
    mend: async () => {
      await listen(server, port);
    },
    redirect: (other) => {
      target = new URL(other);
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the line has no port");
  return address.port;
}
