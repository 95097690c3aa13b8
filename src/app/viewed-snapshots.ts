import type { Snapshot } from "../grants/snapshot.js";
import type { Readers } from "../store/readers.js";
import type { RevisionMark } from "../store/revision-mark.js";
import { keepRecent } from "./keep-recent.js";
import { loadSnapshot } from "./load-snapshot.js";

/** Each holds what one set of accounts is, at one revision. */
const CAPACITY = 16;

/**
 * Gives the world as those see it who may see some accounts only.
 * @param mark the revision, which must be there
 * @param newest the newest revision of now: once it is another one, nothing that was loaded before is given, so that no account
 *   that was erased shows on
 */
export type ViewedSnapshots = (accountIds: readonly string[], mark: RevisionMark, newest: string) => Promise<Snapshot>;

/**
 * Loads what each set of accounts sees; those asked for last stay in memory.
 *
 * @param server accounts that this server loads; left out, all
 */
export function keepViewedSnapshots(readers: Readers, server?: ReadonlySet<string>): ViewedSnapshots {
  const kept = keepRecent<Snapshot>(CAPACITY);
  let epoch = "";
  return (accountIds, mark, newest) => {
    if (epoch !== newest) kept.clear();
    epoch = newest;
    const viewer = new Set(accountIds.toSorted());
    const { revision, committedAt } = mark;
    return kept.get(JSON.stringify([revision, committedAt, ...viewer]), () =>
      readers.read(mark, (db) => loadSnapshot(db, { revision }, { viewer, server })),
    );
  };
}
