import { lstat, readdir, readFile, realpath } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import type { Refusal } from "./read-page.js";

/** Pages of the help centre stay well below one MiB; more is no page. */
export const MAX_PAGE_BYTES = 8 * 1024 * 1024;

export interface SavedPage {
  /** Path as it was given, or below the folder that was given. */
  readonly path: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface SavedPages {
  readonly pages: readonly SavedPage[];
  readonly refusals: readonly Refusal[];
}

const PAGE_NAME = /\.(?:txt|text|md|markdown|html?)$/i;

/**
 * Reads files, and the `.txt`, `.md` and `.html` files below folders, in the order of their names. A link that leads out
 * of its folder is not followed. What cannot be read is a refusal with its reason; nothing is thrown for it.
 */
export async function readSavedPages(paths: readonly string[]): Promise<SavedPages> {
  const pages: SavedPage[] = [];
  const refusals: Refusal[] = [];
  for (const path of paths) {
    const found = await filesAt(path);
    if (found.length === 0)
      refusals.push({ fileName: path, reason: "there is no such file, and no page in such a folder" });
    for (const file of found) {
      const reading = await readOne(file);
      if ("bytes" in reading) pages.push(reading);
      else refusals.push(reading);
    }
  }
  return { pages, refusals };
}

async function filesAt(path: string): Promise<string[]> {
  const target = await lstatOf(await realPathOf(path));
  if (target === undefined) return [];
  if (target.isDirectory()) return pagesBelow(await realPathOf(path), path);
  return target.isFile() ? [path] : [];
}

/** `root` is the folder's real path: nothing outside of it is read. */
async function pagesBelow(root: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of (await readdir(folder)).toSorted()) {
    const path = join(folder, name);
    const real = await realPathOf(path);
    const target = real.startsWith(root + sep) ? await lstatOf(real) : undefined;
    const isLink = (await lstatOf(path))?.isSymbolicLink() === true;
    if (target?.isDirectory() === true && !isLink) found.push(...(await pagesBelow(root, path)));
    else if (target?.isFile() === true && PAGE_NAME.test(name)) found.push(path);
  }
  return found;
}

async function lstatOf(path: string): Promise<Awaited<ReturnType<typeof lstat>> | undefined> {
  return path === "" ? undefined : lstat(path).catch(() => undefined);
}

/** The path with all links resolved; empty where it leads nowhere. */
async function realPathOf(path: string): Promise<string> {
  return realpath(path).catch(() => "");
}

async function readOne(path: string): Promise<SavedPage | Refusal> {
  const size = (await lstatOf(await realPathOf(path)))?.size ?? 0;
  if (size > MAX_PAGE_BYTES)
    return { fileName: path, reason: `the file has ${size} bytes; a page has at most ${MAX_PAGE_BYTES}` };
  try {
    return { path, fileName: basename(path), bytes: await readFile(path) };
  } catch (error) {
    return {
      fileName: path,
      reason: `the file cannot be read: ${error instanceof Error ? error.message : "unknown reason"}`,
    };
  }
}
