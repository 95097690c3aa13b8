import { advanceSnapshot } from "../grants/advance-snapshot.js";
import type { Database } from "../store/database.js";
import { readChange } from "../store/read-change.js";
import { type Loaded, loadToFollow } from "./load-snapshot.js";

/** A snapshot that follows the database, and how many rows it has followed since it was loaded whole. */
export interface Followed extends Loaded {
  readonly rows: number;
}

/** What was changed lies over what was loaded; from so many rows on, arranging all anew costs less than looking twice. */
const MOST_ROWS = 20_000;

/** @param accountIds accounts to load; left out, all */
export async function loadFirst(db: Database, accountIds?: ReadonlySet<string>): Promise<Followed> {
  return { ...(await loadToFollow(db, undefined, { server: accountIds })), rows: 0 };
}

/**
 * The newest revision: made of the one before where history tells what changed, else loaded whole. A server that loads some
 * accounts only always does the latter, for what it sees of the cloud's own policies depends on whose exports state them.
 */
export async function followSnapshot(
  db: Database,
  { snapshot, erasures, rows }: Followed,
  accountIds?: ReadonlySet<string>,
): Promise<Followed> {
  const { revision, committedAt } = snapshot;
  const known = { revision, committedAt, erasures };
  const read = accountIds === undefined ? await readChange(db, known, MOST_ROWS - rows) : undefined;
  if (read === undefined) return await loadFirst(db, accountIds);
  return { snapshot: advanceSnapshot(snapshot, read), erasures, rows: rows + read.rows };
}
