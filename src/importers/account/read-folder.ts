import { createHash } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { compareBytes } from "../../inventory/byte-order.js";
import { Refused } from "./refusal.js";

/** No response comes near; it keeps a stray file from filling the memory. */
const FILE_LIMIT = 256 * 1024 * 1024;

export interface FolderFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads the files of a folder one after the other, in the byte order of their names, each once.
 * @param onFile takes a file's bytes; folders within come without bytes
 * @returns digest over names and contents, lower-case hex
 * @throws Refused for a folder that cannot be read, a link that leads out of it, a file over 256 MiB
 */
export async function readFolder(folder: string, onFile: (file: FolderFile) => void): Promise<string> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const names = await readdir(root).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const digest = createHash("sha256");
  for (const name of names.sort(compareBytes)) {
    const bytes = await readEntry(root, name);
    digest.update(`${Buffer.byteLength(name)}:${name}:${bytes.length}:`).update(bytes);
    onFile({ name, bytes });
  }
  return digest.digest("hex");
}

async function readEntry(root: string, name: string): Promise<Uint8Array> {
  try {
    const path = await realpath(join(root, name));
    if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) {
      throw new Refused(
        "LINK_LEADS_OUT",
        { file: name },
        "a link leads out of the folder",
        "put the file itself there",
      );
    }
    const { size, isDirectory } = await describe(path);
    if (isDirectory) return new Uint8Array();
    if (size > FILE_LIMIT) {
      const mend = "split it into several files, for instance one page of the list in each";
      throw new Refused("FILE_TOO_LARGE", { file: name }, `${size} bytes are more than ${FILE_LIMIT}`, mend);
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw unreadable(name, error);
  }
}

async function describe(path: string): Promise<{ readonly size: number; readonly isDirectory: boolean }> {
  const stats = await stat(path);
  return { size: stats.size, isDirectory: stats.isDirectory() };
}

function unreadable(file: string, error: unknown): Refused {
  const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
  return new Refused(
    "FILE_UNREADABLE",
    { file },
    `it cannot be read (${reason})`,
    "check the path and its permissions",
  );
}
