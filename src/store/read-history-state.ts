import type { Database } from "./database.js";
import { HISTORY_STATE, type RevisionMark } from "./revision-mark.js";

/**
 * What everything up to a revision hangs on that may change without a new one: what is pruned, and which accounts are erased. One
 * statement, as it is asked before an answer that was given before is given again.
 *
 * @returns a text that is another one once any of it changed; undefined where the database does not hold that very revision
 */
export async function readHistoryState(
  db: Database,
  { revision, committedAt }: Pick<RevisionMark, "revision" | "committedAt">,
): Promise<string | undefined> {
  const rows: readonly (RevisionMark & { readonly oldest: string })[] = await db.dataSource.query(HISTORY_STATE, [
    revision,
  ]);
  const [row] = rows;
  return row?.committedAt === committedAt ? JSON.stringify([row.oldest, row.erasures]) : undefined;
}
