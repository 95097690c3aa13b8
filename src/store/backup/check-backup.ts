import type { Readable } from "node:stream";
import type { BackupHeader } from "./format.js";
import { openBackup } from "./open-backup.js";

/**
 * Reads a backup whole and compares every digest in it; no database is needed.
 *
 * @throws BackupRefused when it could not be restored
 */
export async function checkBackup(packed: Readable): Promise<BackupHeader> {
  const backup = await openBackup(packed);
  for (const table of backup.header.tables) {
    for await (const _ of backup.rowsOf(table));
  }
  await backup.finish();
  return backup.header;
}
