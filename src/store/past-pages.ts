import type { Key } from "../inventory/keys.js";
import { mergeCatalog } from "../inventory/merge-catalog.js";
import { atRevision } from "./at-revision.js";
import type { Database } from "./database.js";
import { SourceContentEntity, SourceEntity, SourceOriginalEntity } from "./entities/source.entity.js";
import { mergedContents } from "./import-catalog.js";
import { readCatalogBatches } from "./read-catalog-batches.js";
import { stageSelected } from "./stage-rows.js";
import { describeTable } from "./table.js";
import { contentOf, type Scope, type TableContent } from "./table-content.js";
import type { Transaction } from "./transaction.js";

/** What the catalog's tables must hold when these pages say again what they said at a revision, and all others say on. */
export async function pastPages(
  db: Database,
  transaction: Transaction,
  keys: readonly Key[],
  revision: string,
): Promise<readonly TableContent[]> {
  const others = (await readCatalogBatches(transaction)).filter(({ source }) => !keys.includes(source.key));
  const contents = pageContents(keys);
  const past = await atRevision(db, transaction, revision, async () => {
    for (const { entity, scope } of contents) {
      await stageSelected(transaction, describeTable(db.dataSource, entity), scope, []);
    }
    return await readCatalogBatches(transaction);
  });
  const again = past.filter(({ source }) => keys.includes(source.key));
  const merged = await mergedContents(transaction, mergeCatalog([...others, ...again]));
  return [...contents.map((content) => ({ ...content, isStaged: true })), ...merged];
}

function pageContents(keys: readonly Key[]): readonly TableContent[] {
  const of = (column: string): Scope => ({ sql: `${column} = ANY($1)`, parameters: [keys] });
  return [
    contentOf(SourceEntity, [], of("key"), ["importedAt"]),
    contentOf(SourceContentEntity, [], of("source_key")),
    contentOf(SourceOriginalEntity, [], of("source_key")),
  ];
}
