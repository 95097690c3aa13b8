import type { History, Viewer } from "../graphql/request-context.js";
import { CATALOG_ACCOUNT } from "../inventory/keys.js";
import type { Database } from "../store/database.js";
import { runsByRevision } from "../store/import-runs.js";
import { listRevisions, readSources } from "../store/list-revisions.js";
import type { Readers } from "../store/readers.js";
import type { RevisionMark } from "../store/revision-mark.js";
import { explainAbsence, soon } from "./choose-snapshot.js";

/**
 * What one request can learn of past states: each thing is read once.
 *
 * @param newest which whatever is read must reach, and which refusals offer instead
 * @param state see `History`
 */
export function readHistory(
  readers: Readers,
  newest: RevisionMark,
  { seesAllAccounts, accountIds = [] }: Viewer,
  state: History["state"],
): History {
  const isSeen = (accountId: string | null | undefined) =>
    seesAllAccounts || accountId === undefined || accountId === CATALOG_ACCOUNT || accountIds.includes(accountId ?? "");
  const read = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
    try {
      return await soon(readers.read(newest, work));
    } catch (error) {
      throw explainAbsence(error, newest.revision);
    }
  };
  let runs: ReturnType<typeof runsByRevision> | undefined;
  return {
    state,
    revisions: (upTo) => read((db) => listRevisions(db, upTo)),
    importRun: async (revision) => {
      runs ??= read(runsByRevision);
      const run = (await runs).get(revision);
      return run !== undefined && isSeen(run.subject) ? run : undefined;
    },
    sources: async (revision) =>
      (await read((db) => readSources(db, revision))).filter(({ accountId }) => isSeen(accountId)),
  };
}
