import type { Answer } from "./answer.js";
import type { Call } from "./calls.js";

/** How far a list has been read. */
export interface Progress {
  /** Number of the page, from 1. */
  readonly page: number;
  /** Rows on all pages so far. */
  readonly rows: number;
  /** The most rows that a page so far said there are; the import demands as many. */
  readonly total: number;
  /** The parameters that the page is asked with. */
  readonly query: Readonly<Record<string, string>>;
  /** Pages to come, this one among them, as far as is known. */
  readonly ahead: number;
}

export type NextPage =
  | Pick<Progress, "query" | "ahead">
  | { readonly isEnd: true }
  /** The list cannot go on here though it has not ended. */
  | { readonly problem: string };

/** No list is that long; it ends a list that never does. */
const PAGE_LIMIT = 100_000;

/** Where a list begins. */
export function startOf(call: Call): Progress {
  return { page: 1, rows: 0, total: 0, query: firstPage(call), ahead: 1 };
}

function firstPage({ paging, pageSize = 100 }: Call): Readonly<Record<string, string>> {
  if (paging === "MARKER") return { MaxItems: String(pageSize) };
  if (paging === "NEXT_TOKEN") return { PageSize: String(pageSize) };
  return paging === "PAGE_NUMBER" ? { PageNumber: "1", PageSize: String(pageSize) } : {};
}

/** The progress once `answer` has been read, which is its page. */
export function addPage(progress: Progress, { said, totalCount = 0 }: Answer): Progress {
  return { ...progress, rows: progress.rows + said.length, total: Math.max(progress.total, totalCount) };
}

/** The parameters of the page after `answer`, or the end of the list. */
export function nextPage(call: Call, answer: Answer, progress: Progress): NextPage {
  if (progress.page >= PAGE_LIMIT) return { problem: `the list has more than ${PAGE_LIMIT} pages` };
  if (call.paging === "MARKER") return followMarker(call, answer, progress);
  if (call.paging === "NEXT_TOKEN") return followToken(call, answer, progress);
  return call.paging === "PAGE_NUMBER" ? countOn(call, answer, progress) : { isEnd: true };
}

function followMarker(call: Call, { isTruncated, marker }: Answer, { query }: Progress): NextPage {
  if (!isTruncated) return { isEnd: true };
  if (marker === undefined) return { problem: "it says that more follow and not where" };
  if (marker === query.Marker) return { problem: "it leads to itself" };
  return { query: { ...firstPage(call), Marker: marker }, ahead: 1 };
}

function followToken(call: Call, { nextToken }: Answer, { query }: Progress): NextPage {
  if (nextToken === undefined) return { isEnd: true };
  if (nextToken === query.NextToken) return { problem: "it leads to itself" };
  return { query: { ...firstPage(call), NextToken: nextToken }, ahead: 1 };
}

/** Pages by number end when all rows are there that the API counts, or with a page that is not full. */
function countOn(call: Call, { said, totalCount }: Answer, { page, rows, total }: Progress): NextPage {
  const isEnd = totalCount === undefined ? said.length < (call.pageSize ?? 100) : rows >= total;
  if (isEnd) return { isEnd: true };
  if (said.length === 0) return { problem: `it is empty, and ${rows} of ${total} rows are there` };
  const ahead = Math.max(1, Math.ceil((total - rows) / said.length));
  return { query: { ...firstPage(call), PageNumber: String(page + 1) }, ahead };
}
