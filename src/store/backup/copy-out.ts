import type pg from "pg";

/** Bytes that may wait for whoever reads them before the server is made to wait. */
const ENOUGH = 1_048_576;

/**
 * Runs `COPY … TO STDOUT`.
 *
 * @returns whole rows, one line each, as many at once as have come; a reader that is slow makes the server wait
 */
export async function* copyOut(client: pg.ClientBase, sql: string): AsyncGenerator<Buffer> {
  yield* client.query(new CopyOut(sql)).read();
}

/** One COPY as a query of `pg`, which calls these methods as messages come in. */
class CopyOut {
  #connection: pg.Connection | undefined;
  #rows: Buffer[] = [];
  #size = 0;
  #outcome: { readonly error?: Error } | undefined;
  #wake: () => void = () => undefined;

  constructor(private readonly sql: string) {}

  submit(connection: pg.Connection): void {
    this.#connection = connection;
    connection.query(this.sql);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    // The parser writes over its own bytes when the next ones come.
    this.#rows.push(Buffer.from(chunk));
    this.#size += chunk.length;
    if (this.#size >= ENOUGH) this.#connection?.stream.pause();
    this.#wake();
  }

  handleCommandComplete(): void {
    // That all is sent, not that the server is ready for more.
  }

  handleReadyForQuery(): void {
    this.#outcome = {};
    this.#wake();
  }

  handleError(error: Error): void {
    this.#outcome = { error };
    this.#wake();
  }

  async *read(): AsyncGenerator<Buffer> {
    try {
      while (this.#outcome === undefined || this.#rows.length > 0) {
        if (this.#rows.length > 0) yield this.#takeRows();
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      if (this.#outcome.error !== undefined) throw this.#outcome.error;
    } finally {
      // Whoever turns away in the middle leaves a connection behind that only goes on sending.
      if (this.#outcome === undefined) this.#connection?.stream.destroy();
    }
  }

  #takeRows(): Buffer {
    const block = Buffer.concat(this.#rows);
    this.#rows = [];
    this.#size = 0;
    this.#connection?.stream.resume();
    return block;
  }
}
