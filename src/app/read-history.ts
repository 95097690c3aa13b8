import type { History, Viewer } from "../graphql/request-context.js";
import { CATALOG_ACCOUNT } from "../inventory/keys.js";
import type { Database } from "../store/database.js";
import { runsByRevision } from "../store/import-runs.js";
import { listRevisions, readSources } from "../store/list-revisions.js";
import { explainAbsence, soon } from "./choose-snapshot.js";

/**
 * What one request can learn of past states: each thing is read once.
 *
 * @param newest the revision that refusals offer instead
 */
export function readHistory(db: Database, newest: string, { seesAllAccounts, accountIds = [] }: Viewer): History {
  const isSeen = (accountId: string | null | undefined) =>
    seesAllAccounts || accountId === undefined || accountId === CATALOG_ACCOUNT || accountIds.includes(accountId ?? "");
  const read = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await soon(answer);
    } catch (error) {
      throw explainAbsence(error, newest);
    }
  };
  let runs: ReturnType<typeof runsByRevision> | undefined;
  return {
    revisions: (upTo) => read(listRevisions(db, upTo)),
    importRun: async (revision) => {
      runs ??= read(runsByRevision(db));
      const run = (await runs).get(revision);
      return run !== undefined && isSeen(run.subject) ? run : undefined;
    },
    sources: async (revision) => (await read(readSources(db, revision))).filter(({ accountId }) => isSeen(accountId)),
  };
}
