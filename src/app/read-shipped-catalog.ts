import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readCatalogFile } from "../importers/docs/read-catalog-file.js";
import type { CatalogBatch } from "../inventory/batch.js";
import { Failure } from "./failure.js";

/**
 * Reads the facts that the package brings, one batch for each documentation page.
 *
 * @param folder absolute, with one JSON file for each page
 * @throws Failure naming each file that cannot be read, and where
 */
export async function readShippedCatalog(folder: string): Promise<readonly CatalogBatch[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  const readings = await Promise.all(
    names.map(async (name) => readCatalogFile(await readFile(join(folder, name), "utf8"), name)),
  );
  const refused = readings.flatMap((reading) => ("refusal" in reading ? [reading.refusal] : []));
  if (refused.length > 0) {
    throw new Failure(refused.map(({ fileName, reason }) => `${join(folder, fileName)}: ${reason}`).join("\n"));
  }
  return readings.flatMap((reading) => ("batch" in reading ? [reading.batch] : []));
}
