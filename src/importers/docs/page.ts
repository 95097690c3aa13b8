import type { BatchFinding } from "../../inventory/batch.js";
import type { Place } from "../../policy/json/place.js";
import { lastIndexUpTo } from "./sorted.js";

/**
 * One line of a page, whatever its format was. Markup is gone from `text`; `raw` keeps the characters as they stood, for
 * JSON, where every blank and backslash may matter.
 */
export interface PageLine {
  /** Line in the saved page, from 1. */
  readonly number: number;
  /** Offset of `raw` in the page's `text`. */
  readonly start: number;
  readonly raw: string;
  /** Words only: no markup, no escapes, trimmed. */
  readonly text: string;
  readonly isHeading: boolean;
  /** Cells of a table row; lines inside of a cell are parted by line feeds. */
  readonly cells?: readonly string[];
  /** True for lines behind the first of a table row that takes several. */
  readonly isRowRest?: boolean;
}

export interface Page {
  /** All `raw` lines, joined by line feeds. */
  readonly text: string;
  readonly lines: readonly PageLine[];
  /** Line and column in the saved page of an offset in `text`. */
  readonly placeOf: (offset: number) => Place;
}

export type LineDraft = Omit<PageLine, "start">;

/** Joins lines into a page and gives each its offset. */
export function pageOf(drafts: readonly LineDraft[]): Page {
  const lines: PageLine[] = [];
  let start = 0;
  for (const draft of drafts) {
    lines.push({ ...draft, start });
    start += draft.raw.length + 1;
  }
  return { text: drafts.map((draft) => draft.raw).join("\n"), lines, placeOf: (offset) => placeIn(lines, offset) };
}

/** Index of the line that holds an offset. */
function lineIndexAt(lines: readonly PageLine[], offset: number): number {
  return Math.max(
    lastIndexUpTo(lines.length, (index) => lines[index]?.start ?? 0, offset),
    0,
  );
}

function placeIn(lines: readonly PageLine[], offset: number): Place {
  const line = lines[lineIndexAt(lines, offset)];
  return { line: line?.number ?? 1, column: offset - (line?.start ?? 0) + 1 };
}

/** A finding about a whole line. */
export function noteLine(
  line: Pick<PageLine, "number">,
  code: string,
  severity: BatchFinding["severity"],
  message: string,
): BatchFinding {
  return { code, severity, message, line: line.number, column: 1 };
}
