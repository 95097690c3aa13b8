import type { ImportRun } from "../inventory/import-run.js";
import { type ForgetReport, findAccount, forgetAccount, type KnownAccount } from "../store/forget-account.js";
import { type ImportRunDetail, listImportRuns, readImportRun } from "../store/import-runs.js";
import { type PruneReport, pruneHistory } from "../store/prune-history.js";
import type { ImportReport } from "../store/record-import.js";
import { revertImport } from "../store/revert-import.js";
import { Failure } from "./failure.js";
import type { Store } from "./open-store.js";

export type { ForgetReport, ImportReport, ImportRun, ImportRunDetail, KnownAccount, PruneReport };

/** @param limit at most so many, newest first; left out: all */
export async function listImports({ db }: Store, limit?: number): Promise<readonly ImportRun[]> {
  return await listImportRuns(db, limit);
}

/** @throws Failure when there is no such run */
export async function showImport({ db }: Store, id: string): Promise<ImportRunDetail> {
  const run = await readImportRun(db, id);
  if (run === undefined) throw new Failure(`there is no run \`${id}\`; \`ramgraph imports\` lists those there are`);
  return run;
}

/** @throws ImportRefused in one sentence when it cannot be taken back; nothing is written then */
export async function takeBack({ db }: Store, id: string, withLater: boolean): Promise<ImportReport> {
  return await revertImport(db, id, { withLater });
}

/** @throws Failure for an account that is not known */
export async function describeAccount({ db }: Store, id: string): Promise<KnownAccount> {
  const account = await findAccount(db, id);
  if (account === undefined) throw new Failure(`account \`${id}\` is not known`);
  return account;
}

export async function forget({ db }: Store, id: string, purge: boolean): Promise<ForgetReport> {
  return await forgetAccount(db, id, { purge });
}

/** @param seconds what gave way before that age goes */
export async function prune({ db }: Store, seconds: number): Promise<PruneReport> {
  return await pruneHistory(db, seconds);
}
