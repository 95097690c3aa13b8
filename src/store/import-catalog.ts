import type { CatalogBatch } from "../inventory/batch.js";
import { CATALOG_ACCOUNT, type Key } from "../inventory/keys.js";
import { type MergedCatalog, mergeCatalog } from "../inventory/merge-catalog.js";
import { catalogContents, serviceLinkContents } from "./catalog-contents.js";
import type { Database } from "./database.js";
import { PrincipalEntity, RoleEntity } from "./entities/account.entity.js";
import { FindingEntity } from "./entities/finding.entity.js";
import { AttachmentEntity, PolicyEntity, PolicyVersionEntity } from "./entities/policy.entity.js";
import { SourceContentEntity, SourceEntity, SourceOriginalEntity } from "./entities/source.entity.js";
import type { ImportOptions } from "./import-account.js";
import { attachmentRows, policyRows, versionRows } from "./policy-rows.js";
import { principalRows, roleRows } from "./principal-rows.js";
import { readCatalogBatches } from "./read-catalog-batches.js";
import { type ImportReport, importRun, recordImport } from "./record-import.js";
import { refuseShrinking } from "./refuse-shrinking.js";
import { chooseSharedPolicies } from "./shared-policies.js";
import { findingRows, SHARED, sharedFindingRows, sourceRow } from "./source-contents.js";
import { syncTables } from "./sync-tables.js";
import { contentOf, type Scope, type TableContent } from "./table-content.js";
import type { Transaction } from "./transaction.js";

export interface CatalogImportOptions extends ImportOptions {
  /** The bytes that were read, by source key, to be kept beside the facts. */
  readonly originals?: ReadonlyMap<Key, Uint8Array>;
  /** Leave no record when nothing changes: for the facts that a release brings. */
  readonly isRoutine?: boolean;
}

const PAGES = "SELECT key FROM source WHERE kind = 'DOCUMENTATION_PAGE'";
const OF_PAGES: Scope = { sql: `source_key IN (${PAGES})`, parameters: [] };
const OF_CATALOG: Scope = { sql: "account_id = $1", parameters: [CATALOG_ACCOUNT] };

/**
 * Replaces what these pages said before, in one transaction, and merges all pages that are kept into one catalog. The
 * same facts again change nothing and make no revision.
 *
 * @throws ImportRefused when a fact breaks a rule of the store, or a page would lose more than half of its facts;
 * nothing is written then.
 */
export async function importCatalog(
  db: Database,
  batches: readonly CatalogBatch[],
  options: CatalogImportOptions = {},
): Promise<ImportReport> {
  const { isRoutine = false, isDryRun = false } = options;
  const run = { ...importRun(CATALOG_ACCOUNT, batches), isRoutine, isDryRun };
  return await recordImport(db, run, async (transaction) => {
    const keys = batches.map(({ source }) => source.key);
    const kept = await readCatalogBatches(transaction);
    if (options.allowShrink !== true) {
      for (const batch of batches) refuseShrinking(batch, kept);
    }
    const merged = mergeCatalog([...kept.filter(({ source }) => !keys.includes(source.key)), ...batches]);
    const contents = [...sourceContents(batches, options), ...(await mergedContents(transaction, merged))];
    const noted = merged.findings.filter(({ sourceKey }) => keys.includes(sourceKey));
    const tables = await syncTables(db, transaction, contents, { mayNotShrink: new Map(), onTable: options.onTable });
    return { tables, findings: noted.length, noted };
  });
}

const claimsOf = ({ policies }: MergedCatalog) =>
  policies.map((policy) => ({ sourceKey: policy.sourceKey ?? "", kind: "DOCUMENTATION_PAGE" as const, policy }));

function sourceContents(batches: readonly CatalogBatch[], options: CatalogImportOptions): readonly TableContent[] {
  const keys = batches.map(({ source }) => source.key);
  const facts = batches.map((batch) => ({
    sourceKey: batch.source.key,
    facts: batch.facts,
    findings: [...batch.findings],
  }));
  const originals = [...(options.originals ?? [])].map(([sourceKey, bytes]) => ({
    sourceKey,
    bytes: `\\x${Buffer.from(bytes).toString("hex")}`,
  }));
  const replaced = (column: string, list: readonly Key[]): Scope => ({
    sql: `${column} = ANY($1)`,
    parameters: [list],
  });
  return [
    contentOf(SourceEntity, batches.map(sourceRow), replaced("key", keys), ["importedAt"]),
    contentOf(SourceContentEntity, facts, replaced("source_key", keys)),
    contentOf(SourceOriginalEntity, originals, replaced("source_key", [...(options.originals?.keys() ?? [])])),
  ];
}

/** All that pages together say. */
export async function mergedContents(
  transaction: Transaction,
  merged: MergedCatalog,
): Promise<readonly TableContent[]> {
  const shared = await chooseSharedPolicies(transaction, claimsOf(merged), OF_PAGES);
  const roles = roleRows(merged.roles, "");
  const affected = (column: string): Scope => ({ sql: `${column} = ANY($1)`, parameters: [shared.affected] });
  return [
    ...catalogContents(merged),
    contentOf(PrincipalEntity, principalRows("ROLE", roles), OF_CATALOG),
    contentOf(RoleEntity, roles, OF_CATALOG),
    ...serviceLinkContents(merged),
    contentOf(PolicyEntity, policyRows(shared.policies, ""), affected("id")),
    contentOf(PolicyVersionEntity, versionRows(shared.policies), affected("policy_id")),
    contentOf(AttachmentEntity, attachmentRows(merged.attachments), {
      sql: "split_part(principal_id, ':', 2) = $1",
      parameters: [CATALOG_ACCOUNT],
    }),
    shared.claims,
    contentOf(FindingEntity, [...findingRows(merged.findings), ...sharedFindingRows(shared.findings)], {
      sql: `(${OF_PAGES.sql} AND NOT starts_with(place, '${SHARED}')) OR place = ANY($1)`,
      parameters: [shared.affected.map((key) => `${SHARED}${key}`)],
    }),
  ];
}
