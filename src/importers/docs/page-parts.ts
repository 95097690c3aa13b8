import type { BatchFinding } from "../../inventory/batch.js";
import { asciiLower } from "../../policy/ascii.js";
import type { JsonBlock } from "./json-blocks.js";
import type { Page, PageLine } from "./page.js";
import { type PageHead, readPageHead } from "./page-head.js";
import { readTables, type Table } from "./page-tables.js";
import { memberOf, type PolicyBlock, readPolicyBlocks, stringsOf } from "./policy-blocks.js";

/** A page taken apart: what all readers of facts start from. */
export interface PageParts {
  readonly page: Page;
  readonly head: PageHead;
  readonly blocks: readonly PolicyBlock[];
  readonly tables: readonly Table[];
  /** Lines with words, outside of tables and JSON. */
  readonly prose: readonly PageLine[];
  readonly findings: readonly BatchFinding[];
}

export function takeApart(page: Page, fileName: string): PageParts {
  const { blocks, json, findings } = readPolicyBlocks(page);
  const { tables, prose, findings: tableFindings } = readTables(outside(page.lines, json), serviceCodesIn(blocks));
  return { page, head: readPageHead(page, fileName), blocks, tables, prose, findings: [...findings, ...tableFindings] };
}

/** Lines that begin outside of every block, in one pass over both. */
function outside(lines: readonly PageLine[], blocks: readonly JsonBlock[]): PageLine[] {
  let next = 0;
  return lines.filter((line) => {
    while ((blocks[next]?.end ?? Number.POSITIVE_INFINITY) <= line.start) next++;
    const block = blocks[next];
    const isCovered =
      block !== undefined &&
      block.start < line.start + line.raw.length &&
      line.raw.slice(0, Math.max(0, block.start - line.start)).trim() === "";
    return !isCovered || line.cells !== undefined;
  });
}

function serviceCodesIn(blocks: readonly PolicyBlock[]): ReadonlySet<string> {
  const actions = blocks.flatMap(({ statements }) =>
    statements.flatMap((statement) => stringsOf(memberOf(statement, "Action"))),
  );
  return new Set(actions.map(({ value }) => asciiLower(value.split(":")[0]?.trim() ?? "")));
}
