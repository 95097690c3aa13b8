import type { Inventory } from "../inventory/inventory.js";
import { FindingEntity, GapEntity } from "./entities/finding.entity.js";
import { SourceEntity } from "./entities/source.entity.js";
import { factOf } from "./fact-of.js";
import type { FactReader } from "./fact-reader.js";

/** Sources, and what they told beside facts. */
export async function readSourceFacts(reader: FactReader): Promise<Pick<Inventory, "sources" | "findings" | "gaps">> {
  return {
    sources: await readSources(reader),
    findings: await readFindings(reader),
    gaps: await readGaps(reader),
  };
}

export const readSources = async ({ readRows }: FactReader): Promise<Inventory["sources"]> =>
  await readRows(SourceEntity, (row) => factOf(row, "accountId"));

export const readFindings = async ({ readRows }: FactReader): Promise<Inventory["findings"]> =>
  await readRows(FindingEntity, (row) => factOf(row, "place"));

export const readGaps = async ({ readRows }: FactReader): Promise<Inventory["gaps"]> =>
  await readRows(GapEntity, (row) => factOf(row, "sourceKey", "position"));
