import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Every file below the folders, folder by folder, in the order of their paths. */
export async function listFiles(folders: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    files.push(...entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])).toSorted());
  }
  return files;
}
