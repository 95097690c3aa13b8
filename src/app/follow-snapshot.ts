import { advanceSnapshot } from "../grants/advance-snapshot.js";
import type { Database } from "../store/database.js";
import { readChange } from "../store/read-change.js";
import { gapsOf, type Loaded, loadToFollow, type Sight, seenOf } from "./load-snapshot.js";

/** A snapshot that follows the database, and how many rows it has followed since it was loaded whole. */
export interface Followed extends Loaded {
  readonly rows: number;
}

/** What was changed lies over what was loaded; from so many rows on, arranging all anew costs less than looking twice. */
const MOST_ROWS = 20_000;

/** The newest revision, read whole. */
export async function loadFirst(db: Database, sight?: Sight): Promise<Followed> {
  return { ...(await loadToFollow(db, undefined, sight)), rows: 0 };
}

/**
 * The newest revision: made of the one before where history tells what changed, else loaded whole.
 *
 * @param sight as the one before was seen
 */
export async function followSnapshot(
  db: Database,
  { snapshot, erasures, rows }: Followed,
  sight: Sight = {},
): Promise<Followed> {
  const { revision, committedAt } = snapshot;
  const read = await readChange(db, { revision, committedAt, erasures }, MOST_ROWS - rows, seenOf(sight));
  if (read === undefined) return await loadFirst(db, sight);
  const to = read.change.to?.revision ?? revision;
  const lasting = read.gaps === undefined ? [] : await gapsOf(db, to, sight);
  return { snapshot: advanceSnapshot(snapshot, { ...read, lasting }), erasures, rows: rows + read.rows };
}
