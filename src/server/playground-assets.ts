import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

/** The codings that the build leaves beside a file, the preferred one first, with the suffix of the file that has it. */
export const codings = [
  { name: "br", suffix: ".br" },
  { name: "gzip", suffix: ".gz" },
] as const;

export type Coding = (typeof codings)[number]["name"];

/** A file of the playground in memory, with its compressed copies. */
export interface Asset {
  readonly contentType: string;
  readonly cacheControl: string;
  /** Opaque version of the content, without quotes. */
  readonly version: string;
  readonly plain: Buffer;
  readonly compressed: ReadonlyMap<Coding, Buffer>;
}

const contentTypes: ReadonlyMap<string, string> = new Map([
  [".css", "text/css; charset=utf-8"],
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".json", "application/json; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".ttf", "font/ttf"],
]);

/** The build writes the content's hash into the names in this folder: such a file never changes. */
const hashedFolder = "_graphiql/";

/**
 * Reads every file of a built playground into memory. What is not in the answer is not served, so a request's path never
 * reaches the file system.
 *
 * @param folder the built playground, absolute; it need not exist
 * @returns the files by their path relative to `folder`, e.g. `_graphiql/index-1a2b.js`; none when the folder does not exist
 */
export async function readAssets(folder: string): Promise<ReadonlyMap<string, Asset>> {
  const files = await readFiles(folder);
  const assets = new Map<string, Asset>();
  for (const [name, bytes] of files) {
    if (contentTypes.has(extname(name))) assets.set(name, createAsset(name, bytes, files));
  }
  return assets;
}

/** Makes an asset of bytes that lie in memory. `name` tells the content type and how long it may be kept. */
export function createAsset(name: string, plain: Buffer, files: ReadonlyMap<string, Buffer> = new Map()): Asset {
  const compressed = new Map<Coding, Buffer>();
  for (const coding of codings) {
    const bytes = files.get(name + coding.suffix);
    if (bytes) compressed.set(coding.name, bytes);
  }
  return {
    contentType: contentTypes.get(extname(name)) ?? "application/octet-stream",
    cacheControl: name.startsWith(hashedFolder) ? "public, max-age=31536000, immutable" : "no-cache",
    version: createHash("sha256").update(plain).digest("base64url").slice(0, 22),
    plain,
    compressed,
  };
}

async function readFiles(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(ignoreMissing);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = paths.map(async (path) => [relative(folder, path).split(sep).join("/"), await readFile(path)] as const);
  return new Map(await Promise.all(files));
}

function ignoreMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === "ENOENT") return [];
  throw error;
}
