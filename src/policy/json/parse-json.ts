import {
  type JsonArray,
  type JsonMember,
  type JsonNode,
  type JsonObject,
  type JsonProblem,
  pointerStep,
} from "./json-node.js";
import { scanNumber, scanString } from "./scan-scalar.js";

/** Nesting that no policy document or API response comes near; deeper text is refused before it can cost anything. */
export const MAX_JSON_DEPTH = 64;

export interface JsonReading {
  /** Absent when the text is not JSON. */
  readonly node?: JsonNode;
  readonly problems: readonly JsonProblem[];
}

interface Cursor {
  readonly text: string;
  at: number;
  readonly problems: JsonProblem[];
}

/** With the `u` flag a pair is one character, so only a surrogate that stands alone matches. */
const LONE_SURROGATE = /\p{Surrogate}/u;

class Unreadable extends Error {}

/**
 * Reads JSON (RFC 8259) in linear time. Unlike `JSON.parse` it keeps repeated keys and positions, never rounds numbers,
 * and reports what would be lost on the way to Postgres (NUL, lone surrogates). One byte order mark at the start is let
 * pass. Never throws.
 */
export function parseJson(text: string): JsonReading {
  const cursor: Cursor = { text, at: text.charCodeAt(0) === 0xfeff ? 1 : 0, problems: [] };
  try {
    const node = readValue(cursor, "", 0);
    skipBlanks(cursor);
    if (cursor.at < text.length) fail(cursor, "", "text after the end of the value");
    return { node, problems: cursor.problems };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { problems: cursor.problems };
  }
}

function readValue(cursor: Cursor, pointer: string, depth: number): JsonNode {
  skipBlanks(cursor);
  const at = cursor.at;
  const char = cursor.text[at];
  if (char === "{" || char === "[") {
    if (depth >= MAX_JSON_DEPTH) fail(cursor, pointer, `nested deeper than ${MAX_JSON_DEPTH} levels`, "TOO_DEEP");
    cursor.at++;
    return char === "{" ? readObject(cursor, pointer, depth, at) : readArray(cursor, pointer, depth, at);
  }
  if (char === '"') return { type: "string", at, value: readString(cursor, pointer) };
  for (const [word, value] of LITERALS) {
    if (cursor.text.startsWith(word, at)) {
      cursor.at += word.length;
      return { type: "literal", at, value };
    }
  }
  const raw = scanNumber(cursor.text, at);
  if (raw === undefined)
    fail(cursor, pointer, char === undefined ? "the text ends too early" : `unexpected \`${char}\``);
  cursor.at += raw.length;
  return { type: "number", at, raw };
}

const LITERALS = [
  ["true", true],
  ["false", false],
  ["null", null],
] as const;

function readObject(cursor: Cursor, pointer: string, depth: number, at: number): JsonObject {
  const members: JsonMember[] = [];
  const seen = new Set<string>();
  while (!closes(cursor, "}", members.length > 0, pointer)) {
    skipBlanks(cursor);
    const keyAt = cursor.at;
    if (cursor.text[keyAt] !== '"') fail(cursor, pointer, "expected a key in double quotes");
    const key = readString(cursor, pointer);
    const place = pointerStep(pointer, key);
    if (seen.has(key)) report(cursor, place, `key \`${key}\` stands twice in one object`, "DUPLICATE_KEY", keyAt);
    seen.add(key);
    skipBlanks(cursor);
    if (cursor.text[cursor.at] !== ":") fail(cursor, place, "expected `:` after the key");
    cursor.at++;
    members.push({ key, keyAt, value: readValue(cursor, place, depth + 1) });
  }
  return { type: "object", at, end: cursor.at, members };
}

function readArray(cursor: Cursor, pointer: string, depth: number, at: number): JsonArray {
  const items: JsonNode[] = [];
  while (!closes(cursor, "]", items.length > 0, pointer)) {
    items.push(readValue(cursor, pointerStep(pointer, items.length), depth + 1));
  }
  return { type: "array", at, end: cursor.at, items };
}

/** Steps over the closing bracket (true) or, between two elements, over the comma (false). */
function closes(cursor: Cursor, bracket: string, needsComma: boolean, pointer: string): boolean {
  skipBlanks(cursor);
  const char = cursor.text[cursor.at];
  if (char === bracket) {
    cursor.at++;
    return true;
  }
  if (needsComma) {
    if (char !== ",")
      fail(cursor, pointer, char === undefined ? "the text ends too early" : `expected \`,\` or \`${bracket}\``);
    cursor.at++;
    skipBlanks(cursor);
    if (cursor.text[cursor.at] === bracket) fail(cursor, pointer, `a comma stands before \`${bracket}\``);
  }
  return false;
}

function readString(cursor: Cursor, pointer: string): string {
  const scanned = scanString(cursor.text, cursor.at);
  if ("error" in scanned) {
    cursor.at = scanned.at;
    fail(cursor, pointer, scanned.error);
  }
  if (LONE_SURROGATE.test(scanned.value))
    report(cursor, pointer, "a lone surrogate stands in a string", "LONE_SURROGATE", cursor.at);
  if (scanned.value.includes("\0"))
    report(cursor, pointer, "a NUL character stands in a string", "NUL_CHARACTER", cursor.at);
  cursor.at = scanned.end;
  return scanned.value;
}

function skipBlanks(cursor: Cursor): void {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    cursor.at++;
  }
}

function report(cursor: Cursor, pointer: string, message: string, code: JsonProblem["code"], at: number): void {
  cursor.problems.push({ code, message, at, pointer });
}

function fail(cursor: Cursor, pointer: string, message: string, code: JsonProblem["code"] = "SYNTAX"): never {
  report(cursor, pointer, message, code, cursor.at);
  throw new Unreadable();
}
