import { closeDatabase, type Database, openDatabase } from "../store/database.js";
import { startEmbeddedPostgres } from "../store/embedded/start-embedded-postgres.js";
import type { Config } from "./config.js";
import { Failure } from "./failure.js";
import type { Log } from "./log.js";

/** The database, and the Postgres of ours that it may run on. */
export interface Store {
  readonly db: Database;
  /** Closes connections, then stops the embedded Postgres unless another process uses it. */
  readonly close: () => Promise<void>;
  /** Leaves at once: what is under way is rolled back. */
  readonly abandon: () => Promise<void>;
}

/**
 * Opens the database of `DATABASE_URL`, else the embedded Postgres of the data folder, which is started or adopted.
 *
 * @throws DatabaseUnreachable when the database cannot be used, Failure when the embedded one does not start
 */
export async function openStore(config: Pick<Config, "databaseUrl" | "dataDir">, log: Log): Promise<Store> {
  const { url, stop } = await findPostgres(config, log);
  try {
    const db = await openDatabase(url);
    const close = async () => {
      try {
        await closeDatabase(db);
      } finally {
        await stop();
      }
    };
    return { db, close, abandon: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface FoundPostgres {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

async function findPostgres(config: Pick<Config, "databaseUrl" | "dataDir">, log: Log): Promise<FoundPostgres> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, stop: async () => undefined };
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir: config.dataDir,
      log: (line) => log.debug({}, line),
    });
    return { url: postgres.url, stop: () => postgres.stop() };
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
