import { readAccountExport } from "../importers/account/read-account-export.js";
import { readSavedPages } from "../importers/docs/read-files.js";
import { readPage } from "../importers/docs/read-page.js";
import { tellPagesApart } from "../importers/docs/tell-pages-apart.js";
import type { Database } from "../store/database.js";
import { type ImportOptions, importAccount } from "../store/import-account.js";
import { importCatalog } from "../store/import-catalog.js";
import type { ImportReport } from "../store/record-import.js";
import { Failure } from "./failure.js";
import { traced } from "./trace.js";

/** What an import did, and to whom it belongs. */
export interface ImportResult extends ImportReport {
  /** Titles of the pages, or the account's id. */
  readonly sources: readonly string[];
  /** Reading included. */
  readonly durationMs: number;
}

export interface ImportRunOptions {
  /** Take an import that removes more than half of what its source held. */
  readonly allowShrink: boolean;
  /** Do all of it, and take it back at the end. */
  readonly isDryRun?: boolean;
  /** Told of each step: how much of how much, and what it is about; reading and storing count for themselves. */
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
  options: ImportRunOptions,
): Promise<ImportResult> {
  return await traced("import docs", {}, () => importPages(db, paths, options));
}

async function importPages(db: Database, paths: readonly string[], options: ImportRunOptions): Promise<ImportResult> {
  const startedAt = performance.now();
  const { pages, refusals } = await readSavedPages(paths);
  const read = pages.map((page, index) => {
    options.onProgress(index, pages.length, `reading ${page.fileName}`);
    return { page, reading: readPage(page.bytes, { fileName: page.fileName }) };
  });
  const refused = read.flatMap(({ page, reading }) =>
    "refusal" in reading ? [`${page.path}: ${reading.refusal.reason}`] : [],
  );
  const readable = read.flatMap(({ page, reading }) => ("batch" in reading ? [{ ...page, batch: reading.batch }] : []));
  const { pages: distinct, problems: twins } = tellPagesApart(readable);
  const problems = [...refusals.map(({ fileName, reason }) => `${fileName}: ${reason}`), ...refused, ...twins];
  if (problems.length > 0) throw new Failure([...problems, "nothing was imported"].join("\n"));
  const originals = new Map(distinct.map(({ batch, bytes }) => [batch.source.key, bytes]));
  const batches = distinct.map(({ batch }) => batch);
  const report = await importCatalog(db, batches, { ...storing(options), originals });
  return { ...report, sources: batches.map(({ source }) => source.title), durationMs: msSince(startedAt) };
}

/**
 * Imports an account from a folder of API responses. It replaces everything that the last import of the account said.
 *
 * @throws Failure when the folder cannot be read whole; ImportRefused when the store cannot take the facts
 */
export async function importAccountFolder(
  db: Database,
  folder: string,
  options: ImportRunOptions,
): Promise<ImportResult> {
  return await traced("import account", {}, () => importFolder(db, folder, options));
}

async function importFolder(db: Database, folder: string, options: ImportRunOptions): Promise<ImportResult> {
  const startedAt = performance.now();
  const reading = await readAccountExport(folder, ({ done, total, facts, file }) =>
    options.onProgress(done, total, `reading ${file}, ${facts} facts`),
  );
  if ("refusal" in reading) throw new Failure(`${folder}: ${reading.refusal.message}\nnothing was imported`);
  const report = await importAccount(db, reading.batch, storing(options));
  return { ...report, sources: [reading.batch.facts.account.id], durationMs: msSince(startedAt) };
}

function storing({ allowShrink, isDryRun = false, onProgress }: ImportRunOptions): ImportOptions {
  return { allowShrink, isDryRun, onTable: (done, total, table) => onProgress(done, total, `storing ${table}`) };
}

function msSince(start: number): number {
  return Math.round(performance.now() - start);
}
