import { CLOSING_QUOTES, lineEnd, stringEnd } from "./json-blocks.js";
import { lastIndexUpTo } from "./sorted.js";

export interface Repair {
  readonly code: string;
  readonly message: string;
  /** Offset in the text that was given. */
  readonly at: number;
}

export interface RepairedJson {
  readonly text: string;
  readonly repairs: readonly Repair[];
  /** Offset in the given text of an offset in the repaired one. */
  readonly originAt: (offset: number) => number;
}

interface Mending {
  readonly source: string;
  text: string;
  at: number;
  readonly repairs: Repair[];
  /** From `at` of the repaired text on, the given text lies `shift` characters ahead. */
  readonly shifts: { at: number; shift: number }[];
  /** Offset of the quote that closed the last string, while nothing but blanks came after it. */
  stringBefore: number | undefined;
}

const JSON_ESCAPE = /["\\/bfnrtu]/;
const ODD_BLANK = /[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]/;

/**
 * Mends what conversion and editing do to policy documents: odd blanks, quotes and commas, backslashes at line ends and before
 * characters that need none, comments, a comma missing between two strings, a comma before a closing bracket. Nothing
 * else: text that is still no JSON afterwards is not guessed at. Linear time.
 */
export function repairJson(source: string): RepairedJson {
  const mending: Mending = { source, text: "", at: 0, repairs: [], shifts: [], stringBefore: undefined };
  while (mending.at < source.length) mendNext(mending);
  return {
    text: mending.text,
    repairs: foldRepeats(mending.repairs),
    originAt: (offset) => offset + shiftAt(mending.shifts, offset),
  };
}

function mendNext(mending: Mending): void {
  const { source, at } = mending;
  const char = source[at] ?? "";
  if (CLOSING_QUOTES.has(char)) mendString(mending, char);
  else if (ODD_BLANK.test(char)) replace(mending, 1, " ", "ODD_BLANK", "blank that is no space between JSON elements");
  else if (char === "\\") replace(mending, 1, "", "STRAY_BACKSLASH", "backslash between JSON elements");
  else if (char === "/" && source[at + 1] === "/")
    replace(mending, lineEnd(source, at) - at, "", "COMMENT_IN_JSON", "comment in JSON");
  else if (char === "，" || char === "：") mendWideMark(mending, char);
  else if (char === "," && /[}\]]/.test(nextElement(source, at + 1)))
    replace(mending, 1, "", "TRAILING_COMMA", "comma before a closing bracket");
  else {
    if (!/\s/.test(char)) mending.stringBefore = undefined;
    copy(mending, 1);
  }
}

/** Chinese keyboards write them; outside of strings only the narrow ones can be meant. */
function mendWideMark(mending: Mending, mark: string): void {
  const isTrailing = mark === "，" && /[}\]]/.test(nextElement(mending.source, mending.at + 1));
  replace(
    mending,
    1,
    isTrailing ? "" : mark === "，" ? "," : ":",
    "WIDE_PUNCTUATION",
    `\`${mark}\` between JSON elements`,
  );
  mending.stringBefore = undefined;
}

function mendString(mending: Mending, quote: string): void {
  const { source, at } = mending;
  insertMissingComma(mending);
  const end = stringEnd(source, at, CLOSING_QUOTES.get(quote) ?? quote) ?? source.length - 1;
  const isOdd = quote !== '"' || source[end] !== '"';
  if (isOdd) replace(mending, 1, '"', "ODD_QUOTES", 'quotation marks that are not `"`');
  else copy(mending, 1);
  while (mending.at < end) mendCharacter(mending);
  mending.text += '"';
  mending.stringBefore = end;
  mending.at = end + 1;
}

function mendCharacter(mending: Mending): void {
  const { source, at } = mending;
  const isBackslash = source[at] === "\\";
  if (isBackslash && !JSON_ESCAPE.test(source[at + 1] ?? ""))
    replace(mending, 1, "", "STRAY_BACKSLASH", "backslash before a character that needs none");
  else copy(mending, isBackslash ? 2 : 1);
}

/** Only between two strings on two lines, where a comma is all that can be meant. */
function insertMissingComma(mending: Mending): void {
  const { source, at, stringBefore } = mending;
  if (stringBefore === undefined || !source.slice(stringBefore, at).includes("\n")) return;
  mending.text += ",";
  shift(mending, -1);
  mending.repairs.push({ code: "MISSING_COMMA", message: "comma missing between two strings", at: stringBefore + 1 });
}

function copy(mending: Mending, length: number): void {
  mending.text += mending.source.slice(mending.at, mending.at + length);
  mending.at += length;
}

function replace(mending: Mending, length: number, by: string, code: string, message: string): void {
  mending.repairs.push({ code, message, at: mending.at });
  mending.text += by;
  mending.at += length;
  if (length !== by.length) shift(mending, length - by.length);
}

function shift(mending: Mending, by: number): void {
  const before = mending.shifts.at(-1)?.shift ?? 0;
  mending.shifts.push({ at: mending.text.length, shift: before + by });
}

function shiftAt(shifts: Mending["shifts"], offset: number): number {
  return shifts[lastIndexUpTo(shifts.length, (index) => shifts[index]?.at ?? 0, offset)]?.shift ?? 0;
}

/** First character after blanks and comments. */
function nextElement(source: string, from: number): string {
  for (let at = from; at < source.length; at++) {
    const char = source[at] ?? "";
    if (char === "/" && source[at + 1] === "/") at = lineEnd(source, at) - 1;
    else if (!/[\s\\]/.test(char) && !ODD_BLANK.test(char)) return char;
  }
  return "";
}

/** A page indented by no-break spaces has thousands: blemishes of one kind that carry no place of interest are counted. */
const COUNTED = new Set(["ODD_BLANK", "STRAY_BACKSLASH", "ODD_QUOTES"]);

function foldRepeats(repairs: readonly Repair[]): Repair[] {
  const counts = new Map<string, number>();
  for (const { code } of repairs) counts.set(code, (counts.get(code) ?? 0) + 1);
  const seen = new Set<string>();
  return repairs
    .filter(({ code }) => !COUNTED.has(code) || (!seen.has(code) && seen.add(code)))
    .map((repair) => {
      const count = counts.get(repair.code) ?? 1;
      return COUNTED.has(repair.code) && count > 1
        ? { ...repair, message: `${repair.message}, ${count} times` }
        : repair;
    });
}
