import { join } from "node:path";
import type { Database } from "../store/database.js";
import { importCatalog } from "../store/import-catalog.js";
import type { ImportReport } from "../store/record-import.js";
import { packageRoot } from "./package-root.js";
import { readShippedCatalog } from "./read-shipped-catalog.js";

/**
 * Imports the facts that the package brings. Those that are there already change nothing and make no revision.
 *
 * @param folder absolute, with one JSON file for each page
 * @throws Failure naming each file that cannot be read, and where
 */
export async function loadCatalog(db: Database, folder: string): Promise<ImportReport> {
  // The package's own facts: a release that drops some means it.
  return await importCatalog(db, await readShippedCatalog(folder), { allowShrink: true, isRoutine: true });
}

/** The same with the catalog of this package. */
export async function loadShippedCatalog(db: Database): Promise<ImportReport> {
  return await loadCatalog(db, join(packageRoot, "catalog"));
}
