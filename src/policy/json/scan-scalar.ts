const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

export type ScannedString =
  | { readonly value: string; readonly end: number }
  | { readonly error: string; readonly at: number };

/** Reads the string literal whose opening quote stands at `start`; `end` is the offset behind the closing quote. */
export function scanString(text: string, start: number): ScannedString {
  let value = "";
  let from = start + 1;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { value: value + text.slice(from, at), end: at + 1 };
    if (code < 0x20) return { error: "a control character stands in a string", at };
    if (code !== 0x5c) continue;
    const escaped = scanEscape(text, at);
    if (escaped === undefined) return { error: "unknown escape in a string", at };
    value += text.slice(from, at) + escaped;
    at += text[at + 1] === "u" ? 5 : 1;
    from = at + 1;
  }
  return { error: "a string is not closed", at: text.length };
}

function scanEscape(text: string, at: number): string | undefined {
  const letter = text[at + 1] ?? "";
  if (letter !== "u") return ESCAPES.get(letter);
  const hex = text.slice(at + 2, at + 6);
  return /^[0-9a-fA-F]{4}$/.test(hex) ? String.fromCharCode(Number.parseInt(hex, 16)) : undefined;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The number literal at `start` as written, or undefined when there is none. */
export function scanNumber(text: string, start: number): string | undefined {
  NUMBER.lastIndex = start;
  return NUMBER.exec(text)?.[0];
}
