import { compileSnapshot } from "../grants/compile-snapshot.js";
import type { Snapshot } from "../grants/snapshot.js";
import type { Database } from "../store/database.js";
import { readInventory } from "../store/read-inventory.js";

/** Each holds a whole world; who looks back reads on from one place. */
const capacity = 3;

/**
 * Gives the snapshot of a past revision, which must be there.
 * @param erasures how often an account was erased from history so far: what was loaded before such a time is not given
 */
export type PastSnapshots = (revision: string, erasures: string) => Promise<Snapshot>;

/** Loads past revisions; those asked for last stay in memory, and one that is loading is not loaded twice. */
export function keepPastSnapshots(db: Database): PastSnapshots {
  const kept = new Map<string, Promise<Snapshot>>();
  return (revision, erasures) => {
    const key = `${revision} ${erasures}`;
    const snapshot = kept.get(key) ?? readInventory(db, { revision }).then(compileSnapshot);
    kept.delete(key);
    kept.set(key, snapshot);
    const [oldest] = kept.keys();
    if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
    snapshot.catch(() => {
      if (kept.get(key) === snapshot) kept.delete(key);
    });
    return snapshot;
  };
}
