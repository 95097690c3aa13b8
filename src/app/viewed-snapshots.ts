import { LRUCache } from "lru-cache";
import type { Snapshot } from "../grants/snapshot.js";
import type { Database } from "../store/database.js";
import type { Readers } from "../store/readers.js";
import { isSameRevision, type RevisionMark } from "../store/revision-mark.js";
import { type Followed, followSnapshot, loadFirst } from "./follow-snapshot.js";
import { keepRecent } from "./keep-recent.js";
import { loadSnapshot, type Sight } from "./load-snapshot.js";

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
 * Loads what each set of accounts sees, and follows it from one newest revision to the next; those asked for last stay in memory.
 *
 * @param server accounts that this server loads; left out, all
 */
export function keepViewedSnapshots(readers: Readers, server?: ReadonlySet<string>): ViewedSnapshots {
  const kept = keepRecent<Snapshot>(CAPACITY);
  const followed = new LRUCache<string, Followed>({ max: CAPACITY });
  let [epoch, erasures] = ["", ""];
  const loadNewest = async (db: Database, name: string, mark: RevisionMark, sight: Sight) => {
    const before = followed.get(name);
    const found = await (before === undefined ? loadFirst(db, sight) : followSnapshot(db, before, sight));
    // Another one may have come meanwhile: the next question starts from there, and this one gets what it asked for.
    followed.set(name, found);
    return isSameRevision(found.snapshot, mark) ? found.snapshot : undefined;
  };
  return (accountIds, mark, newest) => {
    if (epoch !== newest) kept.clear();
    if (erasures !== mark.erasures) followed.clear();
    [epoch, erasures] = [newest, mark.erasures];
    const viewer = new Set(accountIds.toSorted());
    const { revision, committedAt } = mark;
    const sight = { viewer, server };
    const load = async (db: Database) => {
      const found = revision === newest ? await loadNewest(db, JSON.stringify([...viewer]), mark, sight) : undefined;
      return found ?? (await loadSnapshot(db, { revision }, sight));
    };
    return kept.get(JSON.stringify([revision, committedAt, ...viewer]), () => readers.read(mark, load));
  };
}
