import type { ImportRun, RunSource } from "../inventory/import-run.js";
import { CATALOG_ACCOUNT } from "../inventory/keys.js";
import type { Database } from "./database.js";
import { holdHistory, readFloor } from "./history-floor.js";
import { ImportRefused } from "./import-refused.js";
import { changesOf, findImportRun } from "./import-runs.js";
import { pastAccount } from "./past-account.js";
import { pastPages } from "./past-pages.js";
import { type ImportOutcome, type ImportReport, recordImport } from "./record-import.js";
import { standingRuns } from "./standing-runs.js";
import { syncTables } from "./sync-tables.js";
import { readTogether, type Transaction } from "./transaction.js";

export interface RevertOptions {
  /** Go back even though later imports of the same source stand, which goes back before them as well. */
  readonly withLater?: boolean;
}

/** A run that can be taken back. */
type Change = ImportRun & { readonly subject: string; readonly revision: string };

/**
 * Brings the sources of a run back to what they said before it, as a new revision; facts of other sources stay. It is
 * recorded as a run of its own, which can be taken back in turn.
 *
 * @param id of the run
 * @throws ImportRefused when there is no such run, it changed nothing, a later one of the same source stands, or the
 * state before it is no longer kept; nothing is written then
 */
export async function revertImport(db: Database, id: string, options: RevertOptions = {}): Promise<ImportReport> {
  const target = demandChange(id, await readTogether(db, (transaction) => findImportRun(transaction, id)));
  const { subject, sources } = target;
  return await recordImport(db, { kind: "REVERT", subject, sources, targetId: id }, async (transaction) => {
    await holdHistory(transaction);
    const before = await demandPast(transaction, target);
    if (options.withLater !== true) await demandLast(transaction, target);
    return await goBack(db, transaction, target, before);
  });
}

async function goBack(
  db: Database,
  transaction: Transaction,
  { subject, sources }: Change,
  revision: string,
): Promise<ImportOutcome> {
  const keys = sources.map(({ key }) => key);
  const contents =
    subject === CATALOG_ACCOUNT
      ? await pastPages(db, transaction, keys, revision)
      : await pastAccount(db, transaction, subject, revision);
  const tables = await syncTables(db, transaction, contents, { mayNotShrink: new Map() });
  return { tables, ...(await describeSources(transaction, sources)) };
}

function demandChange(id: string, run: ImportRun | undefined): Change {
  if (run === undefined)
    throw new ImportRefused(`there is no run \`${id}\`; \`ramgraph imports\` lists those there are`);
  const { subject, revision } = run;
  if (revision === null) throw new ImportRefused(`run \`${id}\` changed nothing, so there is nothing to take back`);
  if (subject === null) throw new ImportRefused(`run \`${id}\` erased an account, which cannot be taken back`);
  return { ...run, subject, revision };
}

/** @returns the revision before the run */
async function demandPast(transaction: Transaction, { id, revision }: Change): Promise<string> {
  const before = BigInt(revision) - 1n;
  const { rawSince } = await readFloor(transaction);
  if (before >= BigInt(rawSince)) return String(before);
  throw new ImportRefused(
    `the state before run \`${id}\` is revision ${before}, and what sources said is kept from revision ${rawSince} on; import an older export or page instead; nothing was written`,
  );
}

async function demandLast(transaction: Transaction, { id, subject, sources }: Change): Promise<void> {
  const runs = await changesOf(transaction, subject);
  const later = new Set(
    sources.flatMap(({ key }) => {
      const own = subject === CATALOG_ACCOUNT ? runs.filter((run) => isOf(run, key)) : runs;
      return standingRuns(own).filter((run) => BigInt(run.id) > BigInt(id));
    }),
  );
  if (later.size === 0) return;
  const list = [...later].map((run) => `\`${run.id}\``).join(", ");
  throw new ImportRefused(
    `later imports of the same source stand: ${list}; take those back first, the last one first, or allow to go back before them with \`--with-later\`; nothing was written`,
  );
}

const isOf = ({ sources }: ImportRun, wanted: string) => sources.some(({ key }) => key === wanted);

/** The sources as they are now; those that are gone have no digest. */
async function describeSources(
  transaction: Transaction,
  former: readonly RunSource[],
): Promise<Pick<ImportOutcome, "sources" | "findings">> {
  const keys = [former.map(({ key }) => key)];
  const now = await transaction.query<RunSource>("SELECT key, title, sha256 FROM source WHERE key = ANY($1)", keys);
  const [count] = await transaction.query<{ findings: number }>(
    "SELECT count(*)::integer AS findings FROM finding WHERE source_key = ANY($1)",
    keys,
  );
  const found = new Map(now.map((source) => [source.key, source]));
  return {
    sources: former.map((source) => found.get(source.key) ?? { ...source, sha256: null }),
    findings: count?.findings ?? 0,
  };
}
