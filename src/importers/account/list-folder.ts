import { opendir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { compareBytes } from "../../inventory/byte-order.js";
import { Refused } from "./refusal.js";

/** Limits that no export comes near; they keep what is no export from filling memory and disk. */
const FILES_LIMIT = 500_000;
const FILE_LIMIT = 4 * 1024 * 1024 * 1024;

export interface FolderEntry {
  readonly name: string;
  /** Where the bytes are, links followed. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * What lies in a folder, in the byte order of names. Nothing is opened.
 *
 * @throws Refused for what is no folder or cannot be read, for a link that leads out of it, for a file over 4 GiB, and for
 * more than 500,000 files
 */
export async function listFolder(folder: string): Promise<readonly FolderEntry[]> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const names = await namesIn(root, folder);
  const entries: FolderEntry[] = [];
  for (const name of names.sort(compareBytes)) entries.push(await describe(root, name));
  return entries;
}

async function namesIn(root: string, folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of await opendir(root)) {
      names.push(name);
      if (names.length > FILES_LIMIT) {
        const mend = "give the folder of one account's export, with several responses in a `.jsonl`";
        throw new Refused("TOO_MANY_FILES", { file: folder }, `there are more than ${FILES_LIMIT} files`, mend);
      }
    }
  } catch (error) {
    throw error instanceof Refused ? error : await noFolder(folder, error);
  }
  return names;
}

async function describe(root: string, name: string): Promise<FolderEntry> {
  const path = await realpath(join(root, name)).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) {
    throw new Refused("LINK_LEADS_OUT", { file: name }, "a link leads out of the folder", "put the file itself there");
  }
  const { size } = await stat(path).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  if (size <= FILE_LIMIT) return { name, path, size };
  const mend = "split it into several files, for instance one page of the list in each";
  throw new Refused("FILE_TOO_LARGE", { file: name }, `${size} bytes are more than ${FILE_LIMIT}`, mend);
}

async function noFolder(folder: string, error: unknown): Promise<Refused> {
  const isFile = (await stat(folder).catch(() => undefined))?.isDirectory() === false;
  if (!isFile) return unreadable(folder, error);
  const isArchive = /\.(?:zip|tar|tgz|7z|gz|bz2|xz|zst)$/i.test(folder);
  const problem = isArchive ? "an archive is not read" : "it is not a folder";
  const mend = isArchive ? "unpack it and give the folder that comes out" : "give the folder that holds the responses";
  return new Refused(isArchive ? "ARCHIVE" : "NOT_A_FOLDER", { file: folder }, problem, mend);
}

export function unreadable(file: string, error: unknown): Refused {
  const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
  return new Refused(
    "FILE_UNREADABLE",
    { file },
    `it cannot be read (${reason})`,
    "check the path and its permissions",
  );
}
