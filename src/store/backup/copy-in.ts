import { once } from "node:events";
import type pg from "pg";

/** What a connection of `pg` offers for COPY beside what its types tell. */
interface CopyConnection extends pg.Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

/**
 * Runs `COPY … FROM STDIN` with these bytes; a server that is slow makes their source wait.
 *
 * @throws what the source throws, else what the server says
 */
export async function copyIn(client: pg.ClientBase, sql: string, bytes: AsyncIterable<Buffer>): Promise<void> {
  await client.query(new CopyIn(sql, bytes)).done;
}

/** One COPY as a query of `pg`, which calls these methods as messages come in. */
class CopyIn {
  readonly done: Promise<void>;
  readonly #ended = new AbortController();
  #failure: unknown;
  #resolve: () => void = () => undefined;
  #reject: (reason: unknown) => void = () => undefined;

  constructor(
    private readonly sql: string,
    private readonly bytes: AsyncIterable<Buffer>,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: pg.Connection): void {
    connection.query(this.sql);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    void this.#send(connection);
  }

  handleCommandComplete(): void {
    // That all is taken, not that the server is ready for more.
  }

  handleReadyForQuery(): void {
    this.#ended.abort();
    this.#resolve();
  }

  handleError(error: Error): void {
    this.#ended.abort();
    this.#reject(this.#failure ?? error);
  }

  async #send(connection: CopyConnection): Promise<void> {
    const { signal } = this.#ended;
    try {
      for await (const chunk of this.bytes) {
        if (signal.aborted) return;
        connection.sendCopyFromChunk(chunk);
        if (connection.stream.writableNeedDrain) await once(connection.stream, "drain", { signal });
      }
      if (!signal.aborted) connection.endCopyFrom();
    } catch (error) {
      if (signal.aborted) return;
      // The server gives up with words of its own, and then this is what went wrong.
      this.#failure = error;
      connection.sendCopyFail("the source of the rows failed");
    }
  }
}
