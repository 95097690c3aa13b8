/** Characters that move a terminal's cursor, turn the direction of writing, or take no room. */
const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A text as a terminal may show it: what nobody could see is written as its code, e.g. `\u202e`. */
export function showText(text: string): string {
  return text.replaceAll(HIDDEN, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}

/** The same of several lines. */
export function showLines(text: string): string {
  return text.split("\n").map(showText).join("\n");
}
