import { Readable, Writable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { checkBackup } from "../../src/store/backup/check-backup.js";
import { restoreBackup } from "../../src/store/backup/restore-backup.js";
import { writeBackup } from "../../src/store/backup/write-backup.js";
import { closeDatabase, type Database, openDatabase } from "../../src/store/database.js";
import { createTestDatabase } from "../database.js";

const quiet = { onProgress: () => undefined };

/** The bytes of a backup. */
export async function backUp(db: Database): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const target = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk);
      done();
    },
  });
  await writeBackup(db, target, { version: "0.0.0", createdAt: new Date("2026-03-11T08:30:00Z"), ...quiet });
  return Buffer.concat(chunks);
}

export async function restore(db: Database, bytes: Buffer, replace = false) {
  return await restoreBackup(db, Readable.from(pieces(bytes)), { replace, isTrusted: false, ...quiet });
}

export async function check(bytes: Buffer) {
  return await checkBackup(Readable.from(pieces(bytes)));
}

/** As a disk or a network would give them: bounds lie anywhere. */
function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 4_001) yield bytes.subarray(at, at + 4_001);
}

/** A backup with its unpacked text changed. */
export const edited = (bytes: Buffer, edit: (text: string) => string): Buffer =>
  gzipSync(Buffer.from(edit(gunzipSync(bytes).toString("latin1")), "latin1"));

/** Lets `work` have a database that lasts as long as it does. */
export async function withOwnDatabase<T>(
  form: { readonly isEmpty: boolean },
  work: (db: Database, url: string) => Promise<T>,
): Promise<T> {
  const place = await createTestDatabase(form);
  const db = await openDatabase(place.url);
  try {
    return await work(db, place.url);
  } finally {
    await closeDatabase(db);
    await place.drop();
  }
}

/** What a backup says of its tables: how many rows, and their digests. */
export function digestsOf(bytes: Buffer): readonly string[] {
  const text = gunzipSync(bytes).toString("latin1");
  return [...text.matchAll(/^\{"table":.*\}$/gm)].map(([line]) => line);
}
