import { readAccountExport } from "../importers/account/read-account-export.js";
import { readSavedPages, type SavedPage } from "../importers/docs/read-files.js";
import { readPage } from "../importers/docs/read-page.js";
import type { CatalogBatch } from "../inventory/batch.js";
import type { Database } from "../store/database.js";
import { importAccount } from "../store/import-account.js";
import { importCatalog } from "../store/import-catalog.js";
import type { ImportReport } from "../store/record-import.js";
import { Failure } from "./failure.js";

/** What an import did, and to whom it belongs. */
export interface ImportResult extends ImportReport {
  /** Titles of the pages, or the account's id. */
  readonly sources: readonly string[];
}

export interface ImportRunOptions {
  /** Take an import that removes more than half of what its source held. */
  readonly allowShrink: boolean;
  /** Told of each step: how many of how many, and what is next. */
  readonly onProgress: (done: number, total: number, next: string) => void;
}

/**
 * Imports saved documentation pages: all of them in one transaction, or none.
 *
 * @param paths files and folders
 * @throws Failure with one line for each file that cannot be read; ImportRefused when the store cannot take the facts
 */
export async function importDocs(
  db: Database,
  paths: readonly string[],
  { allowShrink, onProgress }: ImportRunOptions,
): Promise<ImportResult> {
  const { pages, refusals } = await readSavedPages(paths);
  const read = pages.map((page, index) => {
    onProgress(index, pages.length + 1, page.fileName);
    return { page, reading: readPage(page.bytes, { fileName: page.fileName }) };
  });
  const refused = read.flatMap(({ page, reading }) =>
    "refusal" in reading ? [`${page.path}: ${reading.refusal.reason}`] : [],
  );
  const problems = [...refusals.map(({ fileName, reason }) => `${fileName}: ${reason}`), ...refused];
  problems.push(...findTwins(pages));
  if (problems.length > 0) throw new Failure([...problems, "nothing was imported"].join("\n"));
  const batches = read.flatMap(({ reading }) => ("batch" in reading ? [reading.batch] : []));
  onProgress(pages.length, pages.length + 1, "storing");
  const report = await importCatalog(db, batches, { allowShrink, originals: originalsOf(batches, pages) });
  return { ...report, sources: batches.map(({ source }) => source.title) };
}

/** A page is known by its file's name, so that a newer copy replaces it wherever it lies. */
function findTwins(pages: readonly SavedPage[]): string[] {
  const first = new Map(pages.toReversed().map(({ fileName, path }) => [fileName, path]));
  const twins = pages.filter(({ fileName, path }) => first.get(fileName) !== path);
  return twins.map(
    ({ fileName, path }) =>
      `${path}: another page, ${first.get(fileName) ?? ""}, has the same file name, by which pages are known; rename one`,
  );
}

function originalsOf(batches: readonly CatalogBatch[], pages: readonly SavedPage[]): ReadonlyMap<string, Uint8Array> {
  return new Map(
    batches.flatMap(({ source }, index) => {
      const page = pages[index];
      return page === undefined ? [] : [[source.key, page.bytes] as const];
    }),
  );
}

/**
 * Imports an account from a folder of API responses. It replaces everything that the last import of the account said.
 *
 * @throws Failure when the folder cannot be read whole; ImportRefused when the store cannot take the facts
 */
export async function importAccountFolder(
  db: Database,
  folder: string,
  { allowShrink, onProgress }: ImportRunOptions,
): Promise<ImportResult> {
  onProgress(0, 2, "reading");
  const reading = await readAccountExport(folder);
  if ("refusal" in reading) throw new Failure(`${folder}: ${reading.refusal.message}\nnothing was imported`);
  onProgress(1, 2, "storing");
  const report = await importAccount(db, reading.batch, { allowShrink });
  return { ...report, sources: [reading.batch.facts.account.id] };
}
