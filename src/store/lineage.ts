import type { Database } from "./database.js";
import { readFloor } from "./history-floor.js";
import type { Revision } from "./read-revision.js";
import { KNOWN_MARK } from "./revision-mark.js";
import { readTogether } from "./transaction.js";

/** Numbers of revisions that a failed primary may have given away and that its successor never had. */
export interface LostRevisions {
  /** Digits. */
  readonly first: string;
  readonly last: string;
}

export interface Lineage {
  /** False when the database knows nothing of that revision: it was lost in a failover, or a backup was restored. */
  readonly holdsOurs: boolean;
  readonly lost: readonly LostRevisions[];
}

/**
 * Whether a database's history goes through a revision, and which numbers it has skipped.
 *
 * @param ours a revision that was read before
 */
export async function readLineage(db: Database, ours: Revision): Promise<Lineage> {
  return await readTogether(db, async (transaction) => {
    const { oldest } = await readFloor(transaction);
    const [found] = await transaction.query<{ committedAt: string }>(KNOWN_MARK, [ours.revision]);
    const lost = await transaction.query<LostRevisions>(
      "SELECT first::text, last::text FROM lost_revisions ORDER BY first",
    );
    const isPruned = BigInt(ours.revision) < BigInt(oldest);
    return { holdsOurs: isPruned || found?.committedAt === ours.committedAt, lost };
  });
}
