import type { CatalogBatch } from "../inventory/batch.js";
import type { Source } from "../inventory/source.js";
import { factOf } from "./fact-of.js";
import type { Transaction } from "./transaction.js";

interface KeptPage extends Pick<CatalogBatch, "facts" | "findings"> {
  readonly key: string;
  readonly title: string;
  readonly uri: string | null;
  readonly sha256: string;
  readonly pageSha256: string | null;
  readonly updatedAt: string | null;
}

/** What the documentation pages said when they were last imported. */
export async function readCatalogBatches(transaction: Transaction): Promise<readonly CatalogBatch[]> {
  const rows = await transaction.query<KeptPage>(
    `SELECT key, title, uri, sha256, page_sha256 AS "pageSha256", updated_at AS "updatedAt", facts, findings
     FROM source JOIN source_content ON source_key = key ORDER BY key`,
  );
  return rows.map((row) => {
    const source: Source = { ...factOf(row, "facts", "findings"), kind: "DOCUMENTATION_PAGE" };
    return { kind: "catalog", source, facts: row.facts, findings: row.findings };
  });
}
