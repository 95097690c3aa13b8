import { cleanText } from "./clean-text.js";
import { type LineDraft, type Page, pageOf } from "./page.js";

const HASH_HEADING = /^#{1,6}\s+(\S.*)/;
/** An anchor that some converters leave behind a heading. */
const ANCHOR = /\{#[\w.-]{1,200}[^{}]{0,200}\}$/;
/** Opens or closes code; the word behind it names a language. */
const FENCE = /^\s*(?:[-*]\s+)?(?:```|~~~)\s*[\w-]*\s*$/;
const SETEXT_RULE = /^(?:={3,}|-{3,})\s*$/;
/** Marks of notes, which stand alone on a line but head nothing. */
const NOTE_MARK = /^(?:note|important|warning|notice|tip|caution|说明|重要|警告|注意)$/i;
/** True for `Note`, `说明` and the like: what stands behind such a word describes nothing in particular. */
export function isNoteMark(text: string): boolean {
  return NOTE_MARK.test(text);
}

const LONGEST_HEADING = 100;

/** Reads plain text or Markdown into lines. */
export function readPageLines(text: string): Page {
  const raws = text.split(/\r\n|\n|\r/);
  const isMarkdown = raws.some((raw) => HASH_HEADING.test(raw));
  const drafts: LineDraft[] = [];
  let width: number | undefined;
  for (let at = 0; at < raws.length; ) {
    const height = tableRowHeight(raws, at, width);
    width = height === 0 ? undefined : (ruleWidth(raws[at] ?? "") ?? width);
    drafts.push(...(height > 0 ? tableRow(raws, at, height) : [plainLine(raws, at, isMarkdown)]));
    at += Math.max(height, 1);
  }
  return pageOf(drafts);
}

function plainLine(raws: readonly string[], at: number, isMarkdown: boolean): LineDraft {
  const raw = raws[at] ?? "";
  const heading = HASH_HEADING.exec(raw)?.[1];
  const text = FENCE.test(raw) ? "" : cleanText(heading?.trimEnd().replace(ANCHOR, "") ?? raw);
  const isHeading = heading !== undefined || isUnderlined(raws, at) || (!isMarkdown && standsAlone(raws, at, text));
  return { number: at + 1, raw, text, isHeading: isHeading && text !== "" && !isNoteMark(text) };
}

function isUnderlined(raws: readonly string[], at: number): boolean {
  const raw = raws[at] ?? "";
  return /^[^\s|>-]/.test(raw) && !SETEXT_RULE.test(raw) && SETEXT_RULE.test(raws[at + 1] ?? "");
}

/** Text saved without markup shows a heading only as a short line of its own that is no sentence. */
function standsAlone(raws: readonly string[], at: number, text: string): boolean {
  const isAlone = (raws[at - 1] ?? "").trim() === "" && !/^\s/.test(raws[at] ?? "");
  return isAlone && text.length <= LONGEST_HEADING && /^[^\s•*{}["\d-]/.test(text) && !/[.:;,。：；，]$/.test(text);
}

/** A Markdown row may hold line breaks inside of its last cell; it goes on until a line ends with a bar. */
const TALLEST_ROW = 400;

/** `width` is the number of cells that the table's rule shows. */
function tableRowHeight(raws: readonly string[], at: number, width: number | undefined): number {
  if (!/^\s*\|/.test(raws[at] ?? "")) return 0;
  const last = Math.min(raws.length, at + TALLEST_ROW);
  for (let end = at; end < last; end++) {
    const isNext = end > at && /^\s*\|\s*\S/.test(raws[end] ?? "");
    if (isNext && !fillsRow(raws.slice(at, end + 1), width)) return end - at;
    if (/\|\s*$/.test(raws[end] ?? "") && (end > at || countBars(raws[end] ?? "") > 1)) return end - at + 1;
  }
  return 1;
}

/** A line that begins with a bar goes on with a row where that still lacks the cells which the line has. */
function fillsRow(rows: readonly string[], width: number | undefined): boolean {
  if (width === undefined || /^\s*\|[^|]*\|\s*$/.test(rows[0] ?? "")) return false;
  return splitCells(rows.slice(0, -1).join("\n")).length < width && splitCells(rows.join("\n")).length === width;
}

/** How many cells a rule below a header parts; undefined for any other line. */
function ruleWidth(raw: string): number | undefined {
  return /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/.test(raw) ? countBars(raw) - 1 : undefined;
}

const countBars = (raw: string): number => raw.replace(/\\\|/g, "").split("|").length - 1;

function tableRow(raws: readonly string[], at: number, height: number): LineDraft[] {
  const rows = raws.slice(at, at + height);
  const cells = splitCells(rows.join("\n"));
  const isRule = cells.every((cell) => /^:?-*:?$/.test(cell));
  return rows.map((raw, row) => ({
    number: at + row + 1,
    raw,
    text: row === 0 && !isRule ? cells.join(" ").trim() : "",
    isHeading: false,
    ...(row === 0 && !isRule ? { cells } : {}),
    ...(row > 0 ? { isRowRest: true } : {}),
  }));
}

function splitCells(row: string): string[] {
  const inner = row.trim().replace(/^\|/, "").replace(/\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) =>
    cell
      .split(/<br\s*\/?>|\n/i)
      .map((line) => cleanText(line).replace(/^[-•]\s+/, ""))
      .filter((line) => line !== "")
      .join("\n"),
  );
}
