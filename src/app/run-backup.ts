import { createReadStream, createWriteStream, existsSync, rmSync } from "node:fs";
import { access, constants, rename } from "node:fs/promises";
import type { Readable, Writable } from "node:stream";
import { BackupRefused } from "../store/backup/backup-refused.js";
import { checkBackup } from "../store/backup/check-backup.js";
import { type RestoreOptions, type RestoreReport, restoreBackup } from "../store/backup/restore-backup.js";
import { type BackupOptions, type BackupReport, writeBackup } from "../store/backup/write-backup.js";
import { Failure } from "./failure.js";
import type { Store } from "./open-store.js";

export type { BackupReport, RestoreReport };

/**
 * Writes a backup to a stream, which is ended.
 *
 * @throws Failure when the stream breaks
 */
export async function backUpTo(
  { db }: Store,
  target: Writable,
  options: BackupOptions,
  name = "standard output",
): Promise<BackupReport> {
  let failure: Error | undefined;
  target.once("error", (error) => {
    failure = error;
  });
  // A target that breaks breaks the reading as well, and only one of the two has to be mended.
  return await refusing(name, () =>
    writeBackup(db, target, options).catch((error: unknown) => Promise.reject(failure ?? error)),
  );
}

/**
 * Writes a backup to a file that only its owner can read: it holds what the database holds. The file bears its name when
 * it is whole and on the disk.
 *
 * @param overwrite also where a file has the name already
 * @throws Failure when the file cannot be written
 */
export async function backUpToFile(
  store: Store,
  path: string,
  overwrite: boolean,
  options: BackupOptions,
): Promise<BackupReport> {
  const name = `\`${path}\``;
  if (!overwrite && existsSync(path)) {
    throw new Failure(`${name} is there already: name another file, or give \`--overwrite\``);
  }
  const part = `${path}.part-${process.pid}`;
  // Also when an interrupt ends the process in the middle.
  const remove = () => rmSync(part, { force: true });
  process.once("exit", remove);
  try {
    const file = createWriteStream(part, { flags: "wx", mode: 0o600, flush: true });
    const report = await backUpTo(store, file, options, name);
    await refusing(name, () => rename(part, path));
    return report;
  } finally {
    remove();
    process.off("exit", remove);
  }
}

/** @throws Failure when there is no such file, before a database is started for it */
export async function requireFile(path: string): Promise<void> {
  if (path !== "-") await refusing(nameOf(path), () => access(path, constants.R_OK));
}

/**
 * Brings back what a backup holds.
 *
 * @param path of the file; for `-`, `input` is read
 * @throws Failure saying what is wrong with the file, or with the database; nothing is changed then
 */
export async function restoreFrom(
  { db }: Store,
  path: string,
  input: Readable,
  options: RestoreOptions,
): Promise<RestoreReport> {
  return await refusing(nameOf(path), () => restoreBackup(db, openFile(path, input), options));
}

/** What `checkFile` read. */
export interface CheckedBackup {
  readonly revision: string;
  readonly createdAt: string;
  readonly ramgraph: string;
  readonly rows: number;
}

/** Reads a backup whole, without any database. @throws Failure when it is damaged */
export async function checkFile(path: string, input: Readable, isTrusted: boolean): Promise<CheckedBackup> {
  const header = await refusing(nameOf(path), () => checkBackup(openFile(path, input), isTrusted));
  const { revision, createdAt, ramgraph, tables } = header;
  return { revision, createdAt, ramgraph, rows: tables.reduce((sum, { rows }) => sum + rows, 0) };
}

const openFile = (path: string, input: Readable): Readable => (path === "-" ? input : createReadStream(path));

const nameOf = (path: string) => (path === "-" ? "standard input" : `\`${path}\``);

async function refusing<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BackupRefused) throw new Failure(`cannot restore ${name}: ${error.message}`, { cause: error });
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = REASONS.get(code);
    if (reason === undefined) throw error;
    throw new Failure(`${name}: ${reason}`, { cause: error });
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file or folder"],
  ["EPIPE", "whoever read it went away"],
  ["EACCES", "it may not be read or written by this user"],
  ["EPERM", "it may not be read or written by this user"],
  ["EISDIR", "it is a folder"],
  ["ENOTDIR", "a part of the path is no folder"],
  ["ENOSPC", "the disk is full"],
  ["EROFS", "the disk is read-only"],
]);
