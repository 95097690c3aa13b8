import { join } from "node:path";
import type { GraphQLSchema } from "graphql";
import type { RequestContext, Viewer } from "../graphql/request-context.js";
import { migrate } from "../store/migrate.js";
import type { Readers } from "../store/readers.js";
import { buildRamgraphSchema } from "./build-schema.js";
import type { SnapshotSources } from "./choose-snapshot.js";
import type { Config } from "./config.js";
import { ANYBODY, createContext } from "./create-context.js";
import type { Example } from "./example.js";
import { LiveSnapshot } from "./live-snapshot.js";
import { loadShippedCatalog } from "./load-catalog.js";
import type { Log } from "./log.js";
import { openReaders } from "./open-readers.js";
import { openStore, type Store } from "./open-store.js";
import { packageRoot } from "./package-root.js";
import { keepPastSnapshots } from "./past-snapshots.js";
import { pruneHourly } from "./prune-hourly.js";
import { readExamples } from "./read-examples.js";
import { TokenBook } from "./token-book.js";
import { readTrustedDocuments, type TrustedDocuments } from "./trusted-documents.js";
import { keepViewedSnapshots } from "./viewed-snapshots.js";
import { type StoreWatch, watchStore } from "./watch-store.js";

/** Everything that answers questions, without a door to the outside. */
export interface App {
  readonly schema: GraphQLSchema;
  /** In the order in which they are offered. */
  readonly examples: readonly Example[];
  readonly trusted: TrustedDocuments;
  /** What one operation sees: the newest snapshot of now, whatever arrives while it runs. Without a viewer, all of it. */
  readonly createContext: (viewer?: Viewer) => RequestContext;
  /** API tokens, where the settings take them. */
  readonly tokens: TokenBook | undefined;
  readonly live: Pick<LiveSnapshot, "newest" | "trouble" | "troubles" | "behind" | "setBack">;
  readonly store: StoreWatch;
  readonly readers: Pick<Readers, "replicas" | "reads">;
  /** Closes the database; an embedded one stops unless another process uses it. */
  readonly close: () => Promise<void>;
}

/** Without `accountIds` all are loaded; without `retention` nothing is pruned; without `auth` no tokens are read; without `trustedDocuments` the examples are trusted. */
type AppConfig = Pick<Config, "databaseUrl" | "dataDir"> &
  Partial<Pick<Config, "databaseReadUrls" | "accountIds" | "retention" | "auth" | "trustedDocuments">>;

/**
 * Opens the database, brings its schema and the shipped catalog up to date, and reads the newest revision.
 *
 * @throws DatabaseUnreachable, or Failure for an embedded database that does not start or shipped files that are broken
 */
export async function buildApp(config: AppConfig, log: Log): Promise<App> {
  const store = await openStore(config, log);
  try {
    // One after the other: built meanwhile, the schema keeps a transaction open for which servers behind one pooler wait in vain.
    await bringUpToDate(store, log);
    const offer = await prepareOffer(config);
    const watch = await watchStore(store.db);
    const readers = await openReaders(store.db, config.databaseReadUrls, log);
    const { accountIds, retention, auth } = config;
    const live = await LiveSnapshot.follow(readers, log, accountIds);
    const sources: SnapshotSources = {
      readers,
      live,
      accountIds,
      past: keepPastSnapshots(readers, accountIds),
      viewed: keepViewedSnapshots(readers, accountIds),
    };
    const tokens = auth?.takesTokens === true ? await TokenBook.open(store.db, log) : undefined;
    const stopPruning = retention === undefined ? undefined : pruneHourly(store.db, retention, log);
    const close = async () => {
      await Promise.all([live.stop(), stopPruning?.(), tokens?.close()]);
      await Promise.all([readers.close(), store.close()]);
    };
    return {
      ...offer,
      live,
      tokens,
      store: watch,
      readers,
      close,
      createContext: (viewer = ANYBODY) => createContext(sources, viewer),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function bringUpToDate({ db }: Store, log: Log): Promise<void> {
  const { applied } = await migrate(db);
  if (applied.length > 0) log.debug({ applied }, "brought the database's schema up to date");
  const { revision } = await loadShippedCatalog(db);
  if (revision !== null) log.debug({ revision }, "loaded the shipped catalog");
}

/** What needs no database. */
async function prepareOffer({ trustedDocuments }: AppConfig): Promise<Pick<App, "schema" | "examples" | "trusted">> {
  const examples = await readExamples(join(packageRoot, "schema/operations"));
  const schema = await buildRamgraphSchema();
  return { schema, examples, trusted: await readTrustedDocuments(schema, examples, trustedDocuments) };
}
