import type { Inventory } from "../inventory/inventory.js";
import { FindingEntity, GapEntity } from "./entities/finding.entity.js";
import { SourceEntity } from "./entities/source.entity.js";
import { factOf } from "./fact-of.js";
import type { FactReader } from "./fact-reader.js";

/** Sources, and what they told beside facts. */
export async function readSourceFacts({
  readRows,
}: FactReader): Promise<Pick<Inventory, "sources" | "findings" | "gaps">> {
  return {
    sources: await readRows(SourceEntity, (row) => factOf(row, "accountId")),
    findings: await readRows(FindingEntity, (row) => factOf(row, "place")),
    gaps: await readRows(GapEntity, (row) => factOf(row, "sourceKey", "position")),
  };
}
