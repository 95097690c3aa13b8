import type { Snapshot } from "../grants/snapshot.js";
import type { Database } from "../store/database.js";
import { keepRecent } from "./keep-recent.js";
import { loadSnapshot } from "./load-snapshot.js";

/** Each holds what one set of accounts is, at one revision. */
const CAPACITY = 16;

/**
 * Gives the world as those see it who may see some accounts only.
 * @param revision which must be there
 * @param newest the newest revision of now: once it is another one, nothing that was loaded before is given, so that no account
 *   that was erased shows on
 */
export type ViewedSnapshots = (accountIds: readonly string[], revision: string, newest: string) => Promise<Snapshot>;

/** Loads what each set of accounts sees; those asked for last stay in memory. */
export function keepViewedSnapshots(db: Database): ViewedSnapshots {
  const kept = keepRecent<Snapshot>(CAPACITY);
  let epoch = "";
  return (accountIds, revision, newest) => {
    if (epoch !== newest) kept.clear();
    epoch = newest;
    const seen = new Set(accountIds.toSorted());
    return kept.get(JSON.stringify([revision, ...seen]), () => loadSnapshot(db, { revision }, seen));
  };
}
