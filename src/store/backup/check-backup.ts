import type { Readable } from "node:stream";
import type { BackupHeader } from "./format.js";
import { openBackup } from "./open-backup.js";

/**
 * Reads a backup whole and compares every digest in it; no database is needed.
 *
 * @param isTrusted take it however much it grows when it is unpacked
 * @throws BackupRefused when it could not be restored
 */
export async function checkBackup(packed: Readable, isTrusted = false): Promise<BackupHeader> {
  const backup = await openBackup(packed, isTrusted);
  for (const table of backup.header.tables) {
    for await (const _ of backup.rowsOf(table));
  }
  await backup.finish();
  return backup.header;
}
