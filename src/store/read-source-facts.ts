import type { Inventory } from "../inventory/inventory.js";
import { FindingEntity, GapEntity } from "./entities/finding.entity.js";
import { SourceEntity } from "./entities/source.entity.js";
import { factOf } from "./fact-of.js";
import type { ReadRows } from "./read-rows.js";

/** Sources, and what they told beside facts. */
export async function readSourceFacts(readRows: ReadRows): Promise<Pick<Inventory, "sources" | "findings" | "gaps">> {
  const sources = await readRows(SourceEntity);
  const findings = await readRows(FindingEntity);
  const gaps = await readRows(GapEntity);
  return {
    sources: sources.map((row) => factOf(row, "accountId")),
    findings: findings.map((row) => factOf(row, "place")),
    gaps: gaps.map((row) => factOf(row, "sourceKey", "position")),
  };
}
