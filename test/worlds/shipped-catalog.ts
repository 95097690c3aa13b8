import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readCatalogFile } from "../../src/importers/docs/read-catalog-file.js";
import { NO_DIRECTORY } from "../../src/inventory/directory.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { mergeCatalog } from "../../src/inventory/merge-catalog.js";
import { NO_RESOURCES } from "../../src/inventory/resource.js";

const FOLDER = join(import.meta.dirname, "../../catalog");

/** What the package ships, as an inventory without any account. */
export async function shippedCatalog(): Promise<Inventory> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".json")).sort();
  const readings = await Promise.all(
    names.map(async (name) => readCatalogFile(await readFile(join(FOLDER, name), "utf8"), name)),
  );
  const batches = readings.map((reading) => {
    if ("refusal" in reading) throw new Error(`${reading.refusal.fileName}: ${reading.refusal.reason}`);
    return reading.batch;
  });
  return {
    ...NO_DIRECTORY,
    ...NO_RESOURCES,
    revision: "1",
    committedAt: "2026-01-01T00:00:00Z",
    ...mergeCatalog(batches),
    sources: batches.map(({ source }) => ({ ...source, importedAt: "2026-01-01T00:00:00Z" })),
    accounts: [],
    users: [],
    groups: [],
    memberships: [],
    gaps: [],
  };
}
