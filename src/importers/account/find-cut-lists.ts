import type { BatchFinding } from "../../inventory/batch.js";
import { OPERATIONS } from "./operations.js";
import type { GapNote, PageMark } from "./read-file.js";

export interface CutLists {
  readonly findings: readonly BatchFinding[];
  readonly gaps: readonly GapNote[];
  /** Operations of which a list ends too early. */
  readonly operations: ReadonlySet<string>;
}

/**
 * Finds lists whose last page is missing: no page of a list says that it is the last, or the pages hold fewer rows than
 * the API counted.
 */
export function findCutLists(pages: readonly PageMark[]): CutLists {
  const lists = new Map<string, PageMark[]>();
  for (const page of pages) {
    const list = lists.get(page.sequence);
    if (list === undefined) lists.set(page.sequence, [page]);
    else list.push(page);
  }
  const cut = [...lists.values()].flatMap((list) => {
    const lack = describeLack(list);
    const first = list[0];
    return lack === undefined || first === undefined ? [] : [{ lack, first }];
  });
  return {
    findings: cut.map(({ lack, first }) => ({
      code: "LIST_CUT",
      severity: "WARNING",
      message: `the list in \`${first.file}\` ends too early: ${lack}`,
    })),
    gaps: cut.map(({ lack, first }) => ({
      reason: OPERATIONS.get(first.operation)?.gap ?? "ACCOUNT_NOT_IMPORTED",
      subject: [first.operation, ...first.arguments].join("."),
      detail: `the list in \`${first.file}\` ends too early: ${lack}`,
    })),
    operations: new Set(cut.map(({ first }) => first.operation)),
  };
}

function describeLack(list: readonly PageMark[]): string | undefined {
  const rows = list.reduce((sum, page) => sum + page.rows, 0);
  const total = list.reduce((most, { totalCount = 0 }) => Math.max(most, totalCount), 0);
  if (rows < total) return `${rows} of ${total} rows are there`;
  return list.every(({ isTruncated }) => isTruncated) ? "its last page says that more follow" : undefined;
}
