import type { Database } from "./database.js";
import { findRevision, type Revision } from "./read-revision.js";
import { isSameRevision } from "./revision-mark.js";
import { readTogether, type Transaction } from "./transaction.js";

/**
 * Reads a part of the newest state on another connection while the rest of it is read: the server works for both at once. What has the
 * same number and instant is the same state.
 *
 * @param revision which it must be
 * @returns undefined where there is another one already, or no second connection to be had; it never throws
 */
export async function readBeside<T>(
  db: Database,
  revision: Revision,
  read: (transaction: Transaction) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await readTogether(db, async (transaction) => {
      const newest = await findRevision(transaction, undefined);
      return isSameRevision(newest, revision) ? await read(transaction) : undefined;
    });
  } catch {
    // Whoever reads the rest tries for itself, and tells.
    return undefined;
  }
}
