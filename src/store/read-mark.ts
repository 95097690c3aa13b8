import type { Database } from "./database.js";
import { NEWEST_MARK, type RevisionMark } from "./revision-mark.js";
import { readTogether } from "./transaction.js";

/** The newest state of a database. */
export async function readMark(db: Database): Promise<RevisionMark> {
  const [mark] = await readTogether(db, (transaction) => transaction.query<RevisionMark>(NEWEST_MARK));
  if (mark === undefined) throw new Error("the database holds no revision at all; run `ramgraph migrate`");
  const { revision, committedAt, erasures } = mark;
  return { revision, committedAt, erasures };
}
