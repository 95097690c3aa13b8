import { setTimeout as sleep } from "node:timers/promises";
import { compileSnapshot } from "../grants/compile-snapshot.js";
import type { Snapshot } from "../grants/snapshot.js";
import type { Database } from "../store/database.js";
import { readInventory } from "../store/read-inventory.js";

/** Each holds a whole world; who looks back reads on from one place. */
const capacity = 3;
/** Milliseconds after which a read that does not end keeps the next waiting no longer. */
const patience = 60_000;

/**
 * Gives the snapshot of a past revision, which must be there.
 * @param erasures how often an account was erased from history so far: what was loaded before such a time is not given
 */
export type PastSnapshots = (revision: string, erasures: string) => Promise<Snapshot>;

/**
 * Loads past revisions, one at a time: each is a world in memory. Those asked for last stay, and one that is loading is
 * not loaded twice.
 */
export function keepPastSnapshots(db: Database): PastSnapshots {
  const kept = new Map<string, Promise<Snapshot>>();
  let last: Promise<unknown> = Promise.resolve();
  const load = (revision: string) => {
    const loading = last.then(async () => compileSnapshot(await readInventory(db, { revision })));
    last = Promise.race([loading.catch(() => undefined), sleep(patience, undefined, { ref: false })]);
    return loading;
  };
  return (revision, erasures) => {
    const key = `${revision} ${erasures}`;
    const snapshot = kept.get(key) ?? load(revision);
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
