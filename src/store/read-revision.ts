import type { Database } from "./database.js";
import { readFloor } from "./history-floor.js";
import { instant } from "./instant.js";
import { RevisionExpired } from "./revision-expired.js";
import { RevisionNotFound } from "./revision-not-found.js";
import { readTogether, type Transaction } from "./transaction.js";

export { instant };

export interface Revision {
  /** Decimal number as text. */
  readonly revision: string;
  /** RFC 3339 instant. */
  readonly committedAt: string;
}

/** Which revision to read: that one, or the newest that was there at an RFC 3339 instant. */
export type At = { readonly revision: string } | { readonly asOf: string };

const REVISION = /^(0|[1-9][0-9]{0,17})$/;
const isInstant = (text: string) => /^[0-9]{4}-[0-9]{2}-[0-9]{2}T/.test(text) && !Number.isNaN(Date.parse(text));

/** The newest revision. */
export async function readRevision(db: Database): Promise<Revision> {
  return await readTogether(db, (transaction) => findRevision(transaction, undefined));
}

/**
 * @throws RevisionNotFound for one that is not a number, not yet reached, or before the first; RevisionExpired for one
 * that was there and is no longer kept
 */
export async function findRevision(transaction: Transaction, at: At | undefined): Promise<Revision> {
  const newest = await newestWhere(transaction, "true", []);
  if (newest === undefined) throw new Error("the database holds no revision at all; run `ramgraph migrate`");
  if (at === undefined) return newest;
  const found = await ("revision" in at ? findByNumber(transaction, at.revision) : findByInstant(transaction, at.asOf));
  if (found !== undefined) return found;
  await refuseExpired(transaction, at);
  if ("revision" in at) throw new RevisionNotFound(at.revision, newest.revision);
  const first = isInstant(at.asOf) ? await newestWhere(transaction, "revision = 0", []) : undefined;
  throw new RevisionNotFound(at.asOf, newest.revision, first?.committedAt);
}

/** Was there anything before the oldest revision that is kept? */
async function refuseExpired(transaction: Transaction, at: At): Promise<void> {
  const { oldest } = await readFloor(transaction);
  const first = await newestWhere(transaction, "revision = $1", [oldest]);
  if (first === undefined || oldest === "0") return;
  if ("revision" in at) {
    if (REVISION.test(at.revision) && BigInt(at.revision) < BigInt(oldest))
      throw new RevisionExpired(at.revision, first);
  } else if (isInstant(at.asOf)) throw new RevisionExpired(at.asOf, first);
}

async function findByNumber(transaction: Transaction, revision: string): Promise<Revision | undefined> {
  if (!REVISION.test(revision)) return undefined;
  return await newestWhere(transaction, "revision = $1", [revision]);
}

async function findByInstant(transaction: Transaction, instant: string): Promise<Revision | undefined> {
  if (!isInstant(instant)) return undefined;
  return await newestWhere(transaction, "committed_at <= $1", [instant]);
}

async function newestWhere(
  transaction: Transaction,
  condition: string,
  parameters: readonly unknown[],
): Promise<Revision | undefined> {
  const rows = await transaction.query<Revision>(
    `SELECT log.revision::text AS revision, ${instant("log.committed_at")} AS "committedAt"
     FROM revision_log AS log WHERE ${condition} ORDER BY log.revision DESC LIMIT 1`,
    parameters,
  );
  return rows[0];
}
