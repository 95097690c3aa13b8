import type { RunSource } from "../inventory/import-run.js";
import { CATALOG_ACCOUNT } from "../inventory/keys.js";
import type { Database } from "./database.js";
import { eraseAccount, type Mention } from "./erase-account.js";
import { ownSources } from "./import-account.js";
import { ImportRefused } from "./import-refused.js";
import { ownContents } from "./own-contents.js";
import { type ImportReport, recordImport } from "./record-import.js";
import { chooseSharedPolicies } from "./shared-policies.js";
import { syncTables } from "./sync-tables.js";
import { readTogether, type Transaction } from "./transaction.js";

export interface ForgetOptions {
  /** Remove it from history and from the list of imports too. That cannot be taken back. */
  readonly purge?: boolean;
}

export interface ForgetReport extends ImportReport {
  /** Rows of history and records of imports that were erased. */
  readonly erased: number;
  /** Where other sources still name the account; that is what they say, and stays. */
  readonly mentions: readonly Mention[];
}

/** What is known of an account. */
export interface KnownAccount {
  readonly id: string;
  readonly alias: string | null;
  readonly users: number;
  readonly groups: number;
  readonly roles: number;
}

/** @returns undefined for an account of which neither facts, nor history, nor records of imports are kept */
export async function findAccount(db: Database, id: string): Promise<KnownAccount | undefined> {
  const [row] = await readTogether(db, (transaction) =>
    transaction.query<KnownAccount & { isKnown: boolean }>(
      `SELECT $1 AS id, (SELECT alias FROM account WHERE id = $1),
              (SELECT count(*)::integer FROM app_user WHERE account_id = $1) AS users,
              (SELECT count(*)::integer FROM user_group WHERE account_id = $1) AS groups,
              (SELECT count(*)::integer FROM role WHERE account_id = $1) AS roles,
              EXISTS (SELECT FROM account WHERE id = $1) OR EXISTS (SELECT FROM source_history WHERE account_id = $1)
              OR EXISTS (SELECT FROM import_run WHERE subject = $1) AS "isKnown"`,
      [id],
    ),
  );
  return row?.isKnown === true && id !== CATALOG_ACCOUNT ? row : undefined;
}

/**
 * Removes all facts of an account as a new revision. Without `purge` earlier revisions still show it, and it can be
 * taken back as an import can.
 *
 * @throws ImportRefused for an account that is not known
 */
export async function forgetAccount(db: Database, id: string, options: ForgetOptions = {}): Promise<ForgetReport> {
  if ((await findAccount(db, id)) === undefined) throw new ImportRefused(`account \`${id}\` is not known`);
  const gone = { erased: 0, mentions: [] as readonly Mention[] };
  const sources = await readTogether(db, (transaction) => sourcesOf(transaction, id));
  const report = await recordImport(db, { kind: "FORGET", subject: id, sources }, async (transaction) => {
    const shared = await chooseSharedPolicies(transaction, [], ownSources(id, "source_key"));
    const tables = await syncTables(db, transaction, ownContents(id, shared), { mayNotShrink: new Map() });
    if (options.purge !== true) return { tables, findings: 0 };
    Object.assign(gone, await eraseAccount(db, transaction, id));
    return { tables, findings: 0, sources: [], subject: null };
  });
  return { ...report, ...gone };
}

async function sourcesOf(transaction: Transaction, id: string): Promise<readonly RunSource[]> {
  return await transaction.query<RunSource>(
    "SELECT key, title, NULL AS sha256 FROM source WHERE account_id = $1 ORDER BY key",
    [id],
  );
}
