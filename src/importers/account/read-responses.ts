import type { JsonProblem } from "../../policy/json/json-node.js";
import { parseJson } from "../../policy/json/parse-json.js";
import { placesIn } from "../../policy/json/place.js";
import { decodeUtf8 } from "./decode-utf8.js";
import { Refused } from "./refusal.js";
import { type Page, pointerIn, type Row, toRow } from "./row.js";
import { type ResponsePiece, splitResponses } from "./split-responses.js";

/** Whether a blemish of the text is left to a later reader, who has the text as it stands. */
export type Forgives = (problem: JsonProblem) => boolean;

export interface ReadOptions {
  readonly file: string;
  /** One response a line, instead of one in the file. */
  readonly isLines: boolean;
  readonly forgives?: Forgives | undefined;
}

/** A response, or a piece of one whose list is long; the pieces read like pages of it. */
export interface ResponsePart {
  readonly row: Row;
  readonly isLast: boolean;
}

/**
 * The responses of one file, one after the other and long ones in pieces, so that no list is ever held whole. A byte order
 * mark may stand at the very start of the file.
 */
export async function* readResponses(
  chunks: AsyncIterable<Uint8Array>,
  { file, isLines, forgives }: ReadOptions,
): AsyncGenerator<ResponsePart> {
  for await (const piece of splitResponses(chunks, { file, isLines })) {
    const text = decodePiece(piece, file);
    if (isLines && text.trim() === "") continue;
    yield { row: readResponse(pageOf(file, text, piece), forgives), isLast: piece.isLast };
  }
}

/** A response that is in memory already, whole. */
export function readWholeResponse(bytes: Uint8Array, { file, forgives }: Omit<ReadOptions, "isLines">): Row {
  const piece = { bytes, head: 0, offset: 0, line: 1, rowsBefore: 0, isLast: true };
  return readResponse(pageOf(file, decodePiece(piece, file), piece), forgives);
}

function decodePiece({ bytes, head, offset }: ResponsePiece, file: string): string {
  const text = decodeUtf8(bytes, file, offset - head);
  return offset === 0 && text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function pageOf(file: string, text: string, piece: ResponsePiece): Page {
  return { file, text, rowsBefore: piece.rowsBefore, placeOf: placesOf(text, piece) };
}

/** Behind a repeated head the first line's columns are not known, and no use to anybody: the line is the whole file. */
function placesOf(text: string, { bytes, head, line }: ResponsePiece): Page["placeOf"] {
  const behind = head === 0 ? 0 : new TextDecoder().decode(bytes.subarray(0, head)).length;
  const placeOf = placesIn(behind === 0 ? text : text.slice(behind));
  return (offset) => {
    const place = placeOf(Math.max(0, offset - behind));
    const isPlain = behind === 0 || place.line > 1;
    return { line: line + place.line - 1, ...(isPlain ? { column: place.column } : {}) };
  };
}

function readResponse(page: Page, forgives: Forgives = () => false): Row {
  const { node, problems } = parseJson(page.text);
  const problem = page.text.startsWith("\uFEFF") ? SECOND_MARK : problems.find((one) => !forgives(one));
  if (problem !== undefined) throw refuse(problem, page);
  if (node?.type === "object") return toRow(node, "", page);
  throw refuse({ code: "SYNTAX", message: "a response is a JSON object", at: 0, pointer: "" }, page);
}

const SECOND_MARK: JsonProblem = {
  code: "SYNTAX",
  message: "a byte order mark stands elsewhere than at the start of the file",
  at: 0,
  pointer: "",
};

const MENDS: Readonly<Record<JsonProblem["code"], string>> = {
  SYNTAX: "the file may be cut or no response of the API, export it again",
  TOO_DEEP: "no response of the API is nested like that, export it again",
  DUPLICATE_KEY: "readers differ in which of the two they take, export it again",
  LONE_SURROGATE: "text like that cannot be stored unchanged, correct the name at its source",
  NUL_CHARACTER: "text like that cannot be stored unchanged, correct the name at its source",
};

function refuse({ code, message, at, pointer }: JsonProblem, page: Page): Refused {
  const where = { file: page.file, ...page.placeOf(at), pointer: pointerIn(page, pointer) };
  return new Refused(code === "SYNTAX" ? "NOT_JSON" : code, where, message, MENDS[code]);
}
