import type { Database } from "./database.js";
import { readTogether } from "./transaction.js";

/** What a Postgres says of itself. */
export interface ServerState {
  /** E.g. `18.4`. */
  readonly version: string;
  readonly now: Date;
}

export async function readServerState(db: Database): Promise<ServerState> {
  const [row] = await readTogether(db, (transaction) =>
    transaction.query<ServerState>("SELECT current_setting('server_version') AS version, clock_timestamp() AS now"),
  );
  if (row === undefined) throw new Error("the database gave no row for its own version");
  return row;
}
