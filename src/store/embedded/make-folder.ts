import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "./has-code.js";

/**
 * Makes a folder that only its owner may enter, and the missing ones above it; one that is there stays as it is. Node's
 * own `recursive` tries for ever, and stops for no signal, where a file system answers ENOENT below a folder that exists
 * (`/proc`).
 *
 * @throws the system's error when the folder cannot be made.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (await isFolder(path)) return;
    if (!hasCode(error, "ENOENT") || (await isFolder(dirname(path)))) throw error;
    await makeFolder(dirname(path));
    await makeFolder(path);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
