import type { Source } from "../inventory/source.js";
import type { Database } from "./database.js";
import { SourceEntity } from "./entities/source.entity.js";
import { factOf } from "./fact-of.js";
import { factReader } from "./fact-reader.js";
import { findRevision, instant, type Revision } from "./read-revision.js";
import { readTogether } from "./transaction.js";

/**
 * The revisions that are kept, newest first.
 *
 * @param upTo the first of them
 * @throws RevisionNotFound, RevisionExpired when there is no such revision any more
 */
export async function listRevisions(db: Database, upTo: string): Promise<readonly Revision[]> {
  return await readTogether(db, async (transaction) => {
    await findRevision(transaction, { revision: upTo });
    return await transaction.query<Revision>(
      `SELECT revision::text, ${instant("committed_at")} AS "committedAt" FROM revision_log AS log
       WHERE log.revision <= $1 ORDER BY log.revision DESC`,
      [upTo],
    );
  });
}

/** The account that an export is of goes along; a page has none. */
export interface PlacedSource extends Source {
  readonly accountId?: string;
}

/**
 * Sources as they were at a revision, without the facts that they brought.
 *
 * @throws RevisionNotFound, RevisionExpired when there is no such revision any more
 */
export async function readSources(db: Database, revision: string): Promise<readonly PlacedSource[]> {
  return await readTogether(db, async (transaction) => {
    await findRevision(transaction, { revision });
    return await factReader(db, transaction, revision).readRows(SourceEntity, (row) => factOf(row));
  });
}
