import { type JsonNode, type JsonObject, pointerStep } from "../../policy/json/json-node.js";
import { Refused, type Where } from "./refusal.js";

/** One JSON object of a response. Keys are data (a map), so `__proto__` is a key like any other. */
export interface Row {
  readonly fields: ReadonlyMap<string, JsonNode>;
  readonly pointer: string;
  /** Offset of the object in its text. */
  readonly at: number;
  readonly page: Page;
}

/** The text that a row was read from. */
export interface Page {
  readonly file: string;
  readonly text: string;
  /** Rows of the list that stood in earlier pieces of the same response. */
  readonly rowsBefore: number;
  readonly placeOf: (offset: number) => { readonly line: number; readonly column?: number };
}

/** A pointer into a piece of a response as one into the whole response. */
export function pointerIn({ rowsBefore }: Page, pointer: string): string {
  if (rowsBefore === 0) return pointer;
  return pointer.replace(/\/(\d+)(?=\/|$)/, (_, index) => `/${Number(index) + rowsBefore}`);
}

/** What names are limited to; no RAM name comes near, and an index of Postgres takes no row much longer. */
const NAME_LIMIT = 256;
const DOCUMENT_LIMIT = 1024 * 1024;
const MEND = "export the account again, with the responses as the API sends them";

export function toRow(node: JsonObject, pointer: string, page: Page): Row {
  return { fields: new Map(node.members.map(({ key, value }) => [key, value])), pointer, at: node.at, page };
}

export function whereOf(row: Row, key?: string): Where {
  const node = key === undefined ? undefined : row.fields.get(key);
  const pointer = key === undefined ? row.pointer : pointerStep(row.pointer, key);
  return { file: row.page.file, ...row.page.placeOf(node?.at ?? row.at), pointer: pointerIn(row.page, pointer) };
}

/** The object under a key. */
export function readObject(row: Row, key: string): Row {
  const node = row.fields.get(key);
  if (node?.type !== "object") throw mistyped(row, key, "an object");
  return toRow(node, pointerStep(row.pointer, key), row.page);
}

/** The objects of a list, which responses wrap twice: `"Users": {"User": [ … ]}`. */
export function readList(row: Row, outer: string, inner: string): readonly Row[] {
  return readRows(readObject(row, outer), inner);
}

/** The objects of a list that is not wrapped a second time. */
export function readRows(row: Row, key: string): readonly Row[] {
  const list = row.fields.get(key);
  if (list?.type !== "array") throw mistyped(row, key, "a list");
  const pointer = pointerStep(row.pointer, key);
  return list.items.map((item, index) => {
    const place = pointerStep(pointer, index);
    if (item.type === "object") return toRow(item, place, row.page);
    const where = { ...whereOf(row, key), pointer: pointerIn(row.page, place) };
    throw new Refused("UNEXPECTED_TYPE", where, "an object is expected", MEND);
  });
}

/** The object's own text, from its first brace to its last, as it stands in the response. */
export function textOf({ at, page: { text } }: Row): string {
  let depth = 0;
  const marks = /"(?:[^"\\]|\\.)*"|[{}]/g;
  marks.lastIndex = at;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === "{") depth++;
    if (mark[0] === "}" && --depth === 0) return text.slice(at, marks.lastIndex);
  }
  return text.slice(at);
}

/** Text, or undefined where it is absent, null or empty. A number is refused: long ids were rounded before we saw them. */
export function readText(row: Row, key: string, limit = DOCUMENT_LIMIT): string | undefined {
  const node = row.fields.get(key);
  if (node === undefined || (node.type === "literal" && node.value === null)) return undefined;
  if (node.type !== "string") throw mistyped(row, key, "a text in double quotes");
  if (node.value.length > limit) {
    throw new Refused("TOO_LONG", whereOf(row, key), `\`${key}\` is longer than ${limit} characters`, MEND);
  }
  return node.value === "" ? undefined : detach(node.value);
}

/** A part of a text keeps all of that text in memory, so what outlives its response is copied. */
function detach(text: string): string {
  return text.length < 13 ? text : Buffer.from(text).toString();
}

/** A name that must be there, 256 characters at most. */
export function readName(row: Row, key: string, limit = NAME_LIMIT): string {
  const name = readText(row, key, limit);
  if (name === undefined) throw new Refused("MISSING_FIELD", whereOf(row, key), `\`${key}\` is missing`, MEND);
  return name;
}

export function readOptionalName(row: Row, key: string): string | undefined {
  return readText(row, key, NAME_LIMIT);
}

/** The id of an account, which is a row of digits. */
export function readAccountId(row: Row, key: string): string {
  const id = readName(row, key);
  if (/^\d{1,20}$/.test(id)) return id;
  const problem = `account id \`${id}\` is not a row of digits`;
  throw new Refused("ACCOUNT_ID_MALFORMED", whereOf(row, key), problem, "put the real id there");
}

/** A whole number; the API sends some counts as text. */
export function readCount(row: Row, key: string): number | undefined {
  const node = row.fields.get(key);
  if (node === undefined || (node.type === "literal" && node.value === null)) return undefined;
  const raw = node.type === "number" ? node.raw : node.type === "string" ? node.value : "";
  if (!/^\d{1,15}$/.test(raw)) throw mistyped(row, key, "a whole number");
  return Number(raw);
}

export function readFlag(row: Row, key: string): boolean | undefined {
  const node = row.fields.get(key);
  if (node === undefined || (node.type === "literal" && node.value === null)) return undefined;
  const raw = node.type === "literal" ? String(node.value) : node.type === "string" ? node.value : "";
  if (raw !== "true" && raw !== "false") throw mistyped(row, key, "true or false");
  return raw === "true";
}

/** Instants that every calendar has, which is nearly all of them. */
const PLAIN_INSTANT =
  /^(?:19[7-9]|2\d\d)\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?Z$/;

/** An instant as the API writes it, e.g. `2015-01-23T12:33:18Z`; years outside of 1970 to 2999 are nobody's date. */
export function readInstant(row: Row, key: string): string | undefined {
  const text = readText(row, key, NAME_LIMIT);
  if (text === undefined || PLAIN_INSTANT.test(text)) return text;
  const parts = /^((?:19[7-9]|2\d\d)\d-\d\d-\d\dT\d\d:\d\d)(:\d\d(?:\.\d{1,6})?)?Z$/.exec(text);
  const instant = parts === null ? Number.NaN : Date.parse(text);
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(parts?.[1] ?? "?")) {
    throw mistyped(row, key, "an instant such as `2015-01-23T12:33:18Z`");
  }
  return text;
}

/** What to throw where a field is missing or is not what it should be. */
export function mistyped(row: Row, key: string, expected: string): Refused {
  const problem = row.fields.has(key) ? `\`${key}\` is not ${expected}` : `\`${key}\` is missing`;
  return new Refused(row.fields.has(key) ? "UNEXPECTED_TYPE" : "MISSING_FIELD", whereOf(row, key), problem, MEND);
}
