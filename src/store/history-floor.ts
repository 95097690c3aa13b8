import type { Transaction } from "./transaction.js";

/** How far back history goes. */
export interface HistoryFloor {
  /** The oldest revision that can be read, as digits. */
  readonly oldest: string;
  /** The oldest revision to which an import can be taken back: what sources said raw has been kept since. */
  readonly rawSince: string;
  /** Grows whenever an account is erased from history, so that what was read of it before is known to be stale. */
  readonly erasures: string;
}

export async function readFloor(transaction: Transaction): Promise<HistoryFloor> {
  const [row] = await transaction.query<HistoryFloor>(
    `SELECT oldest_revision::text AS oldest, greatest(raw_since_revision, oldest_revision)::text AS "rawSince",
            erasures::text AS erasures
     FROM history_floor`,
  );
  if (row === undefined) throw new Error("the database does not say how far back history goes; run `ramgraph migrate`");
  return row;
}

/** Keeps what is read of the past from being pruned until the transaction ends. */
export async function holdHistory(transaction: Transaction): Promise<void> {
  await transaction.query("SELECT pg_advisory_xact_lock_shared(7264003)");
}

/** Keeps others from reading the past for a change, and from shortening history, until the transaction ends. */
export async function holdHistoryAlone(transaction: Transaction): Promise<void> {
  await transaction.query("SELECT pg_advisory_xact_lock(7264003)");
}

/** What becomes of history without a new revision is looked at by every server when the transaction ends. */
export async function tellWatchers(transaction: Transaction): Promise<void> {
  await transaction.query("SELECT pg_notify('ramgraph_revision', '')");
}
