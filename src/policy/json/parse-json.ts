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
  /** False for nearly all texts, of whose strings none then has to be looked through. */
  readonly mayHoldOddCharacters: boolean;
  at: number;
  readonly problems: JsonProblem[];
}

/** A NUL stands in a string only as an escape, a surrogate also by itself; a search that reads no pairs tells sooner. */
const ODD = /[\\\ud800-\udfff]/;
/** With the `u` flag a pair is one character, so only a surrogate that stands alone matches. */
const LONE_SURROGATE = /\p{Surrogate}/u;

class Unreadable extends Error {}

/** Where the reader is. Steps are chained and only written out where a problem is told: most texts have none. */
interface Path {
  readonly parent: Path | undefined;
  readonly step: string | number;
}

function pointerOf(path: Path | undefined): string {
  const steps: (string | number)[] = [];
  for (let at = path; at !== undefined; at = at.parent) steps.push(at.step);
  return steps.reduceRight<string>(pointerStep, "");
}

/** Objects have few keys, among which looking is faster than keeping a set. */
const FEW_MEMBERS = 16;

/**
 * Reads JSON (RFC 8259) in linear time. Unlike `JSON.parse` it keeps repeated keys and positions, never rounds numbers,
 * and reports what would be lost on the way to Postgres (NUL, lone surrogates). One byte order mark at the start is let
 * pass. Never throws.
 */
export function parseJson(text: string): JsonReading {
  const at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const cursor: Cursor = { text, mayHoldOddCharacters: ODD.test(text), at, problems: [] };
  try {
    const node = readValue(cursor, undefined, 0);
    skipBlanks(cursor);
    if (cursor.at < text.length) fail(cursor, undefined, "text after the end of the value");
    return { node, problems: cursor.problems };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { problems: cursor.problems };
  }
}

function readValue(cursor: Cursor, path: Path | undefined, depth: number): JsonNode {
  skipBlanks(cursor);
  const at = cursor.at;
  const char = cursor.text[at];
  if (char === "{" || char === "[") {
    if (depth >= MAX_JSON_DEPTH) fail(cursor, path, `nested deeper than ${MAX_JSON_DEPTH} levels`, "TOO_DEEP");
    cursor.at++;
    return char === "{" ? readObject(cursor, path, depth, at) : readArray(cursor, path, depth, at);
  }
  if (char === '"') return { type: "string", at, value: readString(cursor, path) };
  for (const [word, value] of LITERALS) {
    if (cursor.text.startsWith(word, at)) {
      cursor.at += word.length;
      return { type: "literal", at, value };
    }
  }
  const raw = scanNumber(cursor.text, at);
  if (raw === undefined) fail(cursor, path, char === undefined ? "the text ends too early" : `unexpected \`${char}\``);
  cursor.at += raw.length;
  return { type: "number", at, raw };
}

const LITERALS = [
  ["true", true],
  ["false", false],
  ["null", null],
] as const;

function readObject(cursor: Cursor, path: Path | undefined, depth: number, at: number): JsonObject {
  const members: JsonMember[] = [];
  const isRepeated = repeatedKeys(members);
  while (!closes(cursor, "}", members.length > 0, path)) {
    skipBlanks(cursor);
    const keyAt = cursor.at;
    if (cursor.text[keyAt] !== '"') fail(cursor, path, "expected a key in double quotes");
    const key = readString(cursor, path);
    const place = { parent: path, step: key };
    if (isRepeated(key)) report(cursor, place, `key \`${key}\` stands twice in one object`, "DUPLICATE_KEY", keyAt);
    skipBlanks(cursor);
    if (cursor.text[cursor.at] !== ":") fail(cursor, place, "expected `:` after the key");
    cursor.at++;
    members.push({ key, keyAt, value: readValue(cursor, place, depth + 1) });
  }
  return { type: "object", at, end: cursor.at, members };
}

function repeatedKeys(members: readonly JsonMember[]): (key: string) => boolean {
  let seen: Set<string> | undefined;
  return (key) => {
    if (members.length < FEW_MEMBERS) return members.some((member) => member.key === key);
    seen ??= new Set(members.map((member) => member.key));
    const isKnown = seen.has(key);
    seen.add(key);
    return isKnown;
  };
}

function readArray(cursor: Cursor, path: Path | undefined, depth: number, at: number): JsonArray {
  const items: JsonNode[] = [];
  while (!closes(cursor, "]", items.length > 0, path)) {
    items.push(readValue(cursor, { parent: path, step: items.length }, depth + 1));
  }
  return { type: "array", at, end: cursor.at, items };
}

/** Steps over the closing bracket (true) or, between two elements, over the comma (false). */
function closes(cursor: Cursor, bracket: string, needsComma: boolean, path: Path | undefined): boolean {
  skipBlanks(cursor);
  const char = cursor.text[cursor.at];
  if (char === bracket) {
    cursor.at++;
    return true;
  }
  if (needsComma) {
    if (char !== ",")
      fail(cursor, path, char === undefined ? "the text ends too early" : `expected \`,\` or \`${bracket}\``);
    cursor.at++;
    skipBlanks(cursor);
    if (cursor.text[cursor.at] === bracket) fail(cursor, path, `a comma stands before \`${bracket}\``);
  }
  return false;
}

function readString(cursor: Cursor, path: Path | undefined): string {
  const scanned = scanString(cursor.text, cursor.at);
  if ("error" in scanned) {
    cursor.at = scanned.at;
    fail(cursor, path, scanned.error);
  }
  if (cursor.mayHoldOddCharacters) reportOddCharacters(cursor, path, scanned.value);
  cursor.at = scanned.end;
  return scanned.value;
}

function reportOddCharacters(cursor: Cursor, path: Path | undefined, value: string): void {
  if (LONE_SURROGATE.test(value))
    report(cursor, path, "a lone surrogate stands in a string", "LONE_SURROGATE", cursor.at);
  if (value.includes("\0")) report(cursor, path, "a NUL character stands in a string", "NUL_CHARACTER", cursor.at);
}

function skipBlanks(cursor: Cursor): void {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    cursor.at++;
  }
}

function report(cursor: Cursor, path: Path | undefined, message: string, code: JsonProblem["code"], at: number): void {
  cursor.problems.push({ code, message, at, pointer: pointerOf(path) });
}

function fail(cursor: Cursor, path: Path | undefined, message: string, code: JsonProblem["code"] = "SYNTAX"): never {
  report(cursor, path, message, code, cursor.at);
  throw new Unreadable();
}
