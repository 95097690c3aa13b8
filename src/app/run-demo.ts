import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoExports } from "../importers/demo/demo-exports.js";
import type { Database } from "../store/database.js";
import { Failure } from "./failure.js";
import { type ImportResult, type ImportRunOptions, importAccountFolder } from "./run-import.js";

/**
 * Writes the exports of the demonstration company, one folder for each account.
 *
 * @param folder is made; must be empty or absent
 * @returns the folders, in the order in which they may be imported
 * @throws Failure when the folder holds something or cannot be written
 */
export async function writeDemo(folder: string): Promise<readonly string[]> {
  const exports = demoExports();
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0) {
      throw new Failure(
        `${folder}: is not empty; name a new folder, so that nothing of yours is mixed with the demonstration`,
      );
    }
    for (const { folder: name, files } of exports) {
      await mkdir(join(folder, name));
      for (const [file, text] of files) await writeFile(join(folder, name, file), text);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${folder}: cannot be written (${error instanceof Error ? error.message : String(error)})`);
  }
  return exports.map(({ folder: name }) => join(folder, name));
}

/** Imports the demonstration company, each account as any other export is imported. */
export async function importDemo(db: Database, options: ImportRunOptions): Promise<readonly ImportResult[]> {
  const scratch = await mkdtemp(join(tmpdir(), "ramgraph-demo-"));
  try {
    const results: ImportResult[] = [];
    for (const folder of await writeDemo(scratch)) results.push(await importAccountFolder(db, folder, options));
    return results;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
