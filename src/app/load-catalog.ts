import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readCatalogFile } from "../importers/docs/read-catalog-file.js";
import type { CatalogBatch } from "../inventory/batch.js";
import type { Database } from "../store/database.js";
import { importCatalog } from "../store/import-catalog.js";
import type { ImportReport } from "../store/record-import.js";
import { Failure } from "./failure.js";

/**
 * Imports the facts that the package brings. Those that are there already change nothing and make no revision.
 *
 * @param folder absolute, with one JSON file for each page
 * @throws Failure naming each file that cannot be read, and where
 */
export async function loadCatalog(db: Database, folder: string): Promise<ImportReport> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  const readings = await Promise.all(
    names.map(async (name) => readCatalogFile(await readFile(join(folder, name), "utf8"), name)),
  );
  const refused = readings.flatMap((reading) => ("refusal" in reading ? [reading.refusal] : []));
  if (refused.length > 0) {
    throw new Failure(refused.map(({ fileName, reason }) => `${join(folder, fileName)}: ${reason}`).join("\n"));
  }
  const batches: readonly CatalogBatch[] = readings.flatMap((reading) => ("batch" in reading ? [reading.batch] : []));
  // The package's own facts: a release that drops some means it.
  return await importCatalog(db, batches, { allowShrink: true, isRoutine: true });
}
