import "reflect-metadata";
import { DataSource } from "typeorm";
import { MIGRATIONS } from "../../migrations/index.js";
import { connectTimeoutOf } from "./connect-timeout.js";
import { DatabaseUnreachable } from "./database-unreachable.js";
import { ENTITIES } from "./entities/index.js";
import { SnakeCaseNames } from "./naming.js";
import { keepSockets, type OpenSockets } from "./open-sockets.js";
import type { RevisionMark } from "./revision-mark.js";

/** An open database. Other rooms pass it around and never look inside. */
export interface Database {
  readonly url: string;
  readonly dataSource: DataSource;
  readonly sockets: OpenSockets;
  /** What a replica must hold for anything to be read from it; left out for the primary, which holds all there is. */
  readonly holds?: RevisionMark;
}

/** Milliseconds that a farewell may take. */
const FAREWELL = 3_000;

const OLDEST_VERSION = 15;

/**
 * Opens a pool of connections to a Postgres 15 or newer.
 *
 * @param url `postgres://user:password@host:port/database`, with `?connect_timeout=` seconds where five are too few
 * @throws DatabaseUnreachable when there is no such server, it refuses us, or it is too old.
 */
export async function openDatabase(url: string): Promise<Database> {
  const sockets = keepSockets();
  const dataSource = new DataSource({
    type: "postgres",
    url,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTableName: "migration",
    namingStrategy: new SnakeCaseNames(),
    applicationName: "ramgraph",
    installExtensions: false,
    // TypeORM's usual logger reports failed migrations on standard output, which is for data; they are thrown as well.
    logger: "debug",
    // A connection that breaks while idle leaves the pool; without a listener it would end the process.
    poolErrorHandler: () => undefined,
    // The other end may vanish without a word; who only waits for its answer would never know.
    // What statements may take is set by each transaction for itself: a pooler that lends a connection to one transaction at a time
    // takes no such limits with a connection.
    extra: {
      connectionTimeoutMillis: connectTimeoutOf(url),
      stream: sockets.open,
      max: 8,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    },
  });
  try {
    await dataSource.initialize();
    await requireVersion(dataSource);
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error instanceof DatabaseUnreachable ? error : new DatabaseUnreachable(url, error);
  }
  return { url, dataSource, sockets };
}

/** Closes its connections, also to a server that stands still. */
export async function closeDatabase({ dataSource, sockets }: Database): Promise<void> {
  if (!dataSource.isInitialized) return;
  const late = setTimeout(sockets.destroy, FAREWELL);
  try {
    await dataSource.destroy();
  } finally {
    clearTimeout(late);
  }
}

async function requireVersion(dataSource: DataSource): Promise<void> {
  const [row] = await dataSource.query<{ version: string }[]>("SELECT current_setting('server_version') AS version");
  if (Number.parseInt(row?.version ?? "", 10) >= OLDEST_VERSION) return;
  throw new Error(`the server is Postgres ${row?.version}, and ramgraph needs ${OLDEST_VERSION} or newer`);
}
