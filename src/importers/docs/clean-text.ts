/** Blanks that are not U+0020: no-break, figure and ideographic spaces, zero-width marks. */
const ODD_BLANKS = /[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]/g;
/** No nested brackets: each opening bracket ends the search that an earlier one began, which keeps it linear. */
const LINK = /!?\[([^[\]\n]*)\]\(([^()\n]*)\)/g;
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/** The words of one line of text or Markdown: links become their labels; emphasis, code marks and escapes go. */
export function cleanText(raw: string): string {
  return raw
    .replace(ODD_BLANKS, " ")
    .replace(LINK, (link, label: string) => (link.startsWith("!") ? "" : label))
    .replaceAll("**", "")
    .replace(/`/g, "")
    .replace(ESCAPED, "$1")
    .trim();
}

const REFERENCE = /^(?:note:\s*)?(?:for (?:more|details)|see )|请参见/i;
const WORD = /[\p{L}\p{N}]/u;
/** A full stop with the next sentence right behind it, as where a line break was lost. */
const GLUED = /(?<=[a-z)]{2}[.!?])(?=[A-Z][a-z]*[ ,])/;

/** Drops sentences that only point to other pages. */
export function withoutReferences(text: string): string {
  const kept = sentencesOf(text).filter((sentence) => !REFERENCE.test(sentence));
  return kept.join(" ");
}

/** Parts a text into sentences, English or Chinese. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|(?<=[。！？])/)
    .filter((sentence) => WORD.test(sentence))
    .flatMap((sentence) => sentence.split(GLUED))
    .map((sentence) => sentence.trim());
}
