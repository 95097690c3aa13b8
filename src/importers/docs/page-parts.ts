import type { BatchFinding } from "../../inventory/batch.js";
import { asciiLower } from "../../policy/ascii.js";
import type { JsonBlock } from "./json-blocks.js";
import { mendRoleNames } from "./mend-role-names.js";
import type { Page, PageLine } from "./page.js";
import { type PageHead, readPageHead } from "./page-head.js";
import { readTables, type Table } from "./page-tables.js";
import { memberOf, type PolicyBlock, readPolicyBlocks, stringsOf } from "./policy-blocks.js";
import type { PrintedPolicy } from "./policy-details.js";
import { readPrintedPolicies } from "./printed-policies.js";

/** A page taken apart: what all readers of facts start from. */
export interface PageParts {
  readonly page: Page;
  readonly head: PageHead;
  readonly blocks: readonly PolicyBlock[];
  readonly tables: readonly Table[];
  /** Lines with words, outside of tables and JSON. */
  readonly prose: readonly PageLine[];
  /** Policies of the cloud with their documents, service-linked roles' left out unless the page is about one. */
  readonly printed: readonly PrintedPolicy[];
  readonly findings: readonly BatchFinding[];
}

export function takeApart(page: Page, fileName: string): PageParts {
  const { blocks, json, findings } = readPolicyBlocks(page);
  const { tables, prose, findings: tableFindings } = readTables(outside(page.lines, json), serviceCodesIn(blocks));
  const mended = mendRoleNames(prose, page.text);
  const all = [...findings, ...tableFindings, ...mended.findings];
  const head = readPageHead(page, fileName);
  const printed = readPrintedPolicies(mended.lines, blocks, head);
  return { page, head, blocks, tables, prose: mended.lines, printed, findings: all };
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
