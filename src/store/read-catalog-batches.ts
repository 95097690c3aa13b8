import type { CatalogBatch } from "../inventory/batch.js";
import type { Source } from "../inventory/source.js";
import type { Transaction } from "./transaction.js";
import { withoutNulls } from "./without-nulls.js";

interface KeptPage extends Pick<CatalogBatch, "facts" | "findings"> {
  readonly key: string;
  readonly title: string;
  readonly uri: string | null;
  readonly sha256: string;
  readonly updatedAt: string | null;
}

/** What the documentation pages said when they were last imported. */
export async function readCatalogBatches(transaction: Transaction): Promise<readonly CatalogBatch[]> {
  const rows = await transaction.query<KeptPage>(
    `SELECT key, title, uri, sha256, updated_at AS "updatedAt", facts, findings
     FROM source JOIN source_content ON source_key = key ORDER BY key`,
  );
  return rows.map(({ facts, findings, ...row }) => {
    const source: Source = { ...withoutNulls(row), kind: "DOCUMENTATION_PAGE" };
    return { kind: "catalog", source, facts, findings };
  });
}
