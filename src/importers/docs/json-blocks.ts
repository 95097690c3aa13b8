/** A stretch of a page that opens like a JSON object. `end` is the offset behind its last character. */
export interface JsonBlock {
  readonly start: number;
  readonly end: number;
  /** False when prose, the page's end or a wrong bracket came before the closing brace. */
  readonly isBalanced: boolean;
}

/** Opening quotes with the characters that close them: machine translation and editors put others in place of `"`. */
export const CLOSING_QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["“", '”"“'],
  ["”", '”"'],
  ["「", "」"],
]);

const OPENING = /\{(?=[\s\\\u00a0]*["“”「}/])/g;
/** What a line inside of JSON can begin with, beside blanks. */
const JSON_LINE = /(?:[^\S\n]|\\)*(?:["“”「{}[\],，：:\n]|\/\/|-?\d|true\b|false\b|null\b|$)/y;

/** Finds the objects of a page in one pass: an object that does not close is given up where prose begins. */
export function findJsonBlocks(text: string): JsonBlock[] {
  const blocks: JsonBlock[] = [];
  for (let at = 0; ; ) {
    OPENING.lastIndex = at;
    const start = OPENING.exec(text)?.index;
    if (start === undefined) return blocks;
    const block = scanBlock(text, start);
    blocks.push(block);
    at = block.end;
  }
}

function scanBlock(text: string, start: number): JsonBlock {
  const open: string[] = [];
  for (let at = start; at < text.length; at++) {
    const char = text[at] ?? "";
    const closing = CLOSING_QUOTES.get(char);
    if (closing !== undefined) {
      const end = stringEnd(text, at, closing);
      if (end === undefined) return { start, end: lineEnd(text, at), isBalanced: false };
      at = end;
    } else if (char === "{" || char === "[") open.push(char === "{" ? "}" : "]");
    else if (char === "}" || char === "]") {
      if (open.pop() !== char) return { start, end: at + 1, isBalanced: false };
      if (open.length === 0) return { start, end: at + 1, isBalanced: true };
    } else if (char === "/" && text[at + 1] === "/") at = lineEnd(text, at) - 1;
    else if (char === "\n" && !isJsonLine(text, at + 1)) return { start, end: at, isBalanced: false };
  }
  return { start, end: text.length, isBalanced: false };
}

/** Offset of the closing quote; undefined when the line ends first. */
export function stringEnd(text: string, start: number, closing: string): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] ?? "";
    if (closing.includes(char)) return at;
    if (char === "\n") return undefined;
    if (char === "\\" && text[at + 1] !== "\n") at++;
  }
  return undefined;
}

export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

function isJsonLine(text: string, at: number): boolean {
  JSON_LINE.lastIndex = at;
  return JSON_LINE.test(text);
}
