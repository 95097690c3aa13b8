import { setTimeout as sleep } from "node:timers/promises";
import type { Snapshot } from "../grants/snapshot.js";
import type { Readers } from "../store/readers.js";
import type { RevisionMark } from "../store/revision-mark.js";
import { keepRecent } from "./keep-recent.js";
import { loadSnapshot } from "./load-snapshot.js";
import { traced } from "./trace.js";

/** Each holds a whole world; who looks back reads on from one place. */
const capacity = 3;
/** Milliseconds after which a read that does not end keeps the next waiting no longer. */
const patience = 60_000;

/**
 * Gives the snapshot of a past revision, which must be there.
 * @param mark also says how often an account was erased from history so far: what was loaded before such a time is not given
 */
export type PastSnapshots = (mark: RevisionMark) => Promise<Snapshot>;

/**
 * Loads past revisions, one at a time: each is a world in memory. Those asked for last stay.
 *
 * @param accountIds accounts to load; left out, all
 */
export function keepPastSnapshots(readers: Readers, accountIds?: ReadonlySet<string>): PastSnapshots {
  const kept = keepRecent<Snapshot>(capacity);
  let last: Promise<unknown> = Promise.resolve();
  const load = (mark: RevisionMark) => {
    const { revision } = mark;
    const read = () => readers.read(mark, (db) => loadSnapshot(db, { revision }, { server: accountIds }));
    const loading = last.then(() => traced("load snapshot", { "ramgraph.revision": revision }, read));
    last = Promise.race([loading.catch(() => undefined), sleep(patience, undefined, { ref: false })]);
    return loading;
  };
  return (mark) => kept.get(`${mark.revision} ${mark.committedAt} ${mark.erasures}`, () => load(mark));
}
