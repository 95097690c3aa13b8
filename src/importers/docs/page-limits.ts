import type { Page } from "./page.js";

/**
 * How much of a page is read. Pages of the help centre stay a tenth below all of these; work grows with each, so that what
 * goes beyond is refused before it is looked at.
 */
const MOST_LINES = 50_000;
const MOST_TAGS = 100_000;
/** Of words and policies, not of the tags around them. */
const MOST_CHARACTERS = 1 << 20;

/** Why HTML is no page. Undefined for a text that is read. */
export function refuseHtml(html: string): string | undefined {
  return countUpTo(html, "<", MOST_TAGS) > MOST_TAGS ? beyond("tags", MOST_TAGS) : undefined;
}

/** Why text or Markdown is no page. Undefined for a text that is read. */
export function refuseText(text: string): string | undefined {
  if (text.length > MOST_CHARACTERS) return beyond("characters", MOST_CHARACTERS);
  return countUpTo(text, "\n", MOST_LINES) + countUpTo(text, "\r", MOST_LINES) > MOST_LINES
    ? beyond("lines", MOST_LINES)
    : undefined;
}

/** Why a page is none, by its lines and words. Undefined for one that is read. */
export function refusePage({ lines }: Page): string | undefined {
  if (lines.length > MOST_LINES) return beyond("lines", MOST_LINES);
  const characters = lines.reduce((sum, { raw, text }) => sum + Math.max(raw.length, text.length), 0);
  return characters > MOST_CHARACTERS ? beyond("characters", MOST_CHARACTERS) : undefined;
}

function beyond(what: string, most: number): string {
  return `the page has more than ${most} ${what}, which no page of the help centre has; import its parts, or the saved page without what surrounds it`;
}

/** How often a character stands in a text; counting ends beyond `most`. */
function countUpTo(text: string, character: string, most: number): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1 && count <= most; at = text.indexOf(character, at + 1)) count++;
  return count;
}
