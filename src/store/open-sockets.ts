import { Socket } from "node:net";

/** The network's end of connections to a server. */
export interface OpenSockets {
  /** Makes one; the driver connects it. */
  readonly open: () => Socket;
  /** Leaves without a farewell: to a server that stands still one would take for ever, and keep the process alive. */
  readonly destroy: () => void;
}

/** Keeps the sockets that are open, each until it is closed. */
export function keepSockets(): OpenSockets {
  const sockets = new Set<Socket>();
  return {
    open: () => {
      const socket = new Socket();
      sockets.add(socket);
      return socket.once("close", () => sockets.delete(socket));
    },
    destroy: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}
