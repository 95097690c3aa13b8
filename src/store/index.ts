/** What other rooms may use of the store. */
export { closeDatabase, type Database, openDatabase } from "./database.js";
export { DatabaseUnreachable } from "./database-unreachable.js";
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from "./embedded/start-embedded-postgres.js";
export { type ImportOptions, importAccount } from "./import-account.js";
export { type CatalogImportOptions, importCatalog } from "./import-catalog.js";
export { ImportRefused } from "./import-refused.js";
export { migrate, revertMigrations } from "./migrate.js";
export { readInventory } from "./read-inventory.js";
export { type At, type Revision, readRevision } from "./read-revision.js";
export type { ImportReport } from "./record-import.js";
export { RevisionNotFound } from "./revision-not-found.js";
export type { TableChange } from "./sync-tables.js";
export { type RevisionWatch, type WatchOptions, watchRevisions } from "./watch-revisions.js";
