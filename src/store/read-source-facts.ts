import type { Inventory } from "../inventory/inventory.js";
import { FindingEntity, GapEntity } from "./entities/finding.entity.js";
import { SourceEntity } from "./entities/source.entity.js";
import type { ReadRows } from "./read-rows.js";
import { withoutNulls } from "./without-nulls.js";

/** Sources, and what they told beside facts. */
export async function readSourceFacts(readRows: ReadRows): Promise<Pick<Inventory, "sources" | "findings" | "gaps">> {
  const sources = await readRows(SourceEntity);
  const findings = await readRows(FindingEntity);
  const gaps = await readRows(GapEntity);
  return {
    sources: sources.map(({ accountId: _, ...source }) => withoutNulls(source)),
    findings: findings.map(({ place: _, ...finding }) => withoutNulls(finding)),
    gaps: gaps.map(({ sourceKey: _, position: __, ...gap }) => withoutNulls(gap)),
  };
}
