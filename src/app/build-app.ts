import { join } from "node:path";
import type { GraphQLSchema } from "graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { RequestContext } from "../graphql/request-context.js";
import { migrate } from "../store/migrate.js";
import { buildRamgraphSchema } from "./build-schema.js";
import { chooseSnapshot, type SnapshotSources } from "./choose-snapshot.js";
import type { Config } from "./config.js";
import type { Example } from "./example.js";
import { LiveSnapshot } from "./live-snapshot.js";
import { loadCatalog } from "./load-catalog.js";
import type { Log } from "./log.js";
import { openStore } from "./open-store.js";
import { packageRoot } from "./package-root.js";
import { keepPastSnapshots } from "./past-snapshots.js";
import { pruneHourly } from "./prune-hourly.js";
import { readExamples } from "./read-examples.js";
import { readHistory } from "./read-history.js";
import { refuseManyStates } from "./snapshot-refusal.js";

/** Everything that answers questions, without a door to the outside. */
export interface App {
  readonly schema: GraphQLSchema;
  /** In the order in which they are offered. */
  readonly examples: readonly Example[];
  /** What one operation sees: the newest snapshot of now, whatever arrives while it runs. */
  readonly createContext: () => RequestContext;
  readonly live: Pick<LiveSnapshot, "newest" | "trouble">;
  /** Closes the database; an embedded one stops unless another process uses it. */
  readonly close: () => Promise<void>;
}

/** Without `retention` nothing is pruned. */
type AppConfig = Pick<Config, "databaseUrl" | "dataDir"> & Partial<Pick<Config, "retention">>;

/**
 * Opens the database, brings its schema and the shipped catalog up to date, and reads the newest revision.
 *
 * @throws DatabaseUnreachable, or Failure for an embedded database that does not start or shipped files that are broken
 */
export async function buildApp(config: AppConfig, log: Log): Promise<App> {
  const store = await openStore(config, log);
  try {
    const { applied } = await migrate(store.db);
    if (applied.length > 0) log.debug({ applied }, "brought the database's schema up to date");
    const { revision } = await loadCatalog(store.db, join(packageRoot, "catalog"));
    if (revision !== null) log.debug({ revision }, "loaded the shipped catalog");
    const examples = await readExamples(join(packageRoot, "schema/operations"));
    const schema = await buildRamgraphSchema();
    const live = await LiveSnapshot.follow(store.db, log);
    const sources: SnapshotSources = { db: store.db, live, past: keepPastSnapshots(store.db) };
    const { retention } = config;
    const stopPruning = retention === undefined ? undefined : pruneHourly(store.db, retention, log);
    const close = async () => {
      await Promise.all([live.stop(), stopPruning?.()]);
      await store.close();
    };
    return { schema, examples, live, close, createContext: () => createContext(sources) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** States beside the newest that one request may look at: each is a world to be read. */
const mostStates = 8;

/** Fields that ask for the same state get the same snapshot, even when a newer one arrives between them. */
function createContext(sources: SnapshotSources): RequestContext {
  const { newest } = sources.live;
  const chosen = new Map<string, Promise<Snapshot>>();
  const viewer = { name: "anonymous", seesAllAccounts: true };
  return {
    viewer,
    trouble: sources.live.trouble?.message,
    history: readHistory(sources.db, newest.revision, viewer),
    snapshotAt: async (wanted = {}) => {
      const { revision, asOf, minRevision } = wanted;
      if (revision === undefined && asOf === undefined && minRevision === undefined) return newest;
      const key = JSON.stringify([revision, asOf, minRevision]);
      const known = chosen.get(key);
      if (known === undefined && chosen.size >= mostStates) throw refuseManyStates(mostStates);
      const snapshot = known ?? chooseSnapshot(sources, wanted);
      chosen.set(key, snapshot);
      return await snapshot;
    },
  };
}
