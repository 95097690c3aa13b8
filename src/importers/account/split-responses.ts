import { MAX_JSON_DEPTH } from "../../policy/json/parse-json.js";
import { Refused } from "./refusal.js";

/** A response, or as much of a long one as is handed on at once: JSON that is whole in itself. */
export interface ResponsePiece {
  readonly bytes: Uint8Array;
  /** How many bytes at the start repeat what stands around the list, so that the rows read like those of a whole response. */
  readonly head: number;
  /** Offset in the file of what follows the head. */
  readonly offset: number;
  /** Line of that byte, from 1. */
  readonly line: number;
  /** Rows of the list that earlier pieces held. */
  readonly rowsBefore: number;
  readonly isLast: boolean;
}

/** Bytes from which on a list is handed on in pieces. */
const PIECE = 1024 * 1024;
/** Bytes that one value may have where there is no list to cut; no response comes near. */
const VALUE_LIMIT = 16 * 1024 * 1024;

const [QUOTE, BACKSLASH, NEWLINE, COMMA] = [0x22, 0x5c, 0x0a, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

interface Scan {
  bytes: Uint8Array;
  /** Offset of the next byte to look at. */
  at: number;
  /** Offset in the file of the byte behind the head. */
  offset: number;
  line: number;
  head: number;
  depth: number;
  isInString: boolean;
  /** Depth of the outermost list, 0 outside of lists. */
  list: number;
  /** Offset behind the list's bracket. */
  listAt: number;
  /** Contents of lists that ended: they are not repeated. */
  readonly ended: (readonly [number, number])[];
  /** Offset of a comma of the list with nothing but blanks behind it so far, else -1. */
  comma: number;
  /** Rows of the list so far. */
  rows: number;
  /** As many of them as earlier pieces hold. */
  rowsBefore: number;
}

/**
 * Cuts a file into its responses (all of it, or one a line) and long lists into pieces, so that neither the size of the
 * file nor that of a list matters. It only looks at brackets and strings: whether a piece is JSON is for its reader.
 *
 * @throws Refused where one value is longer than 16 MiB
 */
export async function* splitResponses(
  chunks: AsyncIterable<Uint8Array>,
  { file, isLines, piece = PIECE }: { readonly file: string; readonly isLines: boolean; readonly piece?: number },
): AsyncGenerator<ResponsePiece> {
  const scan = startScan();
  for await (const chunk of chunks) {
    scan.bytes = scan.bytes.length === 0 ? chunk : Buffer.concat([scan.bytes, chunk]);
    yield* walk(scan, isLines, piece);
    if (scan.bytes.length - scan.head > VALUE_LIMIT) throw tooLarge(file, scan.line);
  }
  if (!isLines || scan.bytes.length > 0) yield pieceOf(scan, scan.bytes.length);
}

function startScan(): Scan {
  const position = { bytes: new Uint8Array(), at: 0, offset: 0, line: 1, head: 0 };
  return { ...position, ...START, ended: [] };
}

const START = { depth: 0, isInString: false, list: 0, listAt: 0, comma: -1, rows: 0, rowsBefore: 0 };

function* walk(scan: Scan, isLines: boolean, piece: number): Generator<ResponsePiece> {
  for (let stop = advance(scan, isLines, piece); stop !== "END"; stop = advance(scan, isLines, piece)) {
    if (stop === "ROW") yield cut(scan);
    else yield pieceOf(scan, scan.at);
    if (stop === "LINE") startLine(scan);
  }
}

/**
 * Goes on to the next place where something is to be handed on: the end of a line, a row before which a list may be cut,
 * or nesting that the reader refuses, who need not wait for the rest of it. No generator: it sees every byte.
 */
function advance(scan: Scan, isLines: boolean, piece: number): "END" | "LINE" | "ROW" | "DEPTH" {
  const { bytes } = scan;
  while (scan.at < bytes.length) {
    const byte = bytes[scan.at];
    if (byte === NEWLINE && isLines) return "LINE";
    if (scan.isInString) {
      if (!skipString(scan, isLines)) return "END";
      continue;
    }
    if (byte === OPEN_OBJECT && scan.comma >= 0 && mayCut(scan, piece)) return "ROW";
    step(scan, byte);
    scan.at++;
    if (scan.depth > MAX_JSON_DEPTH) return "DEPTH";
  }
  return "END";
}

/** Goes on to the end of a string; false when that has not been read yet. */
function skipString(scan: Scan, isLines: boolean): boolean {
  const { bytes } = scan;
  let at = scan.at;
  for (; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH) {
      if (at + 1 >= bytes.length) break;
      at++;
    } else if (byte === QUOTE || (byte === NEWLINE && isLines)) {
      scan.isInString = false;
      scan.at = byte === QUOTE ? at + 1 : at;
      return true;
    }
  }
  scan.at = at;
  return false;
}

function step(scan: Scan, byte: number | undefined): void {
  if (byte === QUOTE) scan.isInString = true;
  else if (byte === OPEN_OBJECT || byte === OPEN_LIST) open(scan, byte === OPEN_LIST);
  else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) close(scan);
  else if (byte === COMMA && scan.list > 0 && scan.depth === scan.list) {
    scan.comma = scan.at;
    scan.rows++;
    return;
  } else if (byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === NEWLINE) return;
  scan.comma = -1;
}

function open(scan: Scan, isList: boolean): void {
  scan.depth++;
  if (!isList || scan.list > 0) return;
  scan.list = scan.depth;
  scan.listAt = scan.at + 1;
}

function close(scan: Scan): void {
  if (scan.list > 0 && scan.depth === scan.list) {
    scan.ended.push([scan.listAt, scan.at]);
    Object.assign(scan, { list: 0, rows: 0 });
  }
  scan.depth--;
}

/** A row begins, right behind a comma, and enough of them came before. */
function mayCut({ list, depth, at, head }: Scan, piece: number): boolean {
  return list > 0 && depth === list && at - head > piece;
}

/** The rows so far as a list that ends, and the rest as one that begins anew with the same things around it. */
function cut(scan: Scan): ResponsePiece {
  const { bytes, at, comma, list } = scan;
  const end = Buffer.from(`]${"}".repeat(list - 1)}`);
  const piece = { ...pieceOf(scan, comma, false), bytes: Buffer.concat([bytes.subarray(0, comma), end]) };
  const head = withoutLists(scan);
  scan.line += countLines(bytes.subarray(scan.head, at));
  scan.offset += at - scan.head;
  scan.rowsBefore = scan.rows;
  scan.bytes = Buffer.concat([head, bytes.subarray(at)]);
  scan.ended.length = 0;
  Object.assign(scan, { head: head.length, at: head.length, listAt: head.length, comma: -1 });
  return piece;
}

function withoutLists({ bytes, ended, listAt }: Scan): Uint8Array {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const [start, end] of ended) {
    parts.push(bytes.subarray(from, start));
    from = end;
  }
  return Buffer.concat([...parts, bytes.subarray(from, listAt)]);
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

function pieceOf({ bytes, head, offset, line, rowsBefore }: Scan, end: number, isLast = true): ResponsePiece {
  return { bytes: bytes.subarray(0, end), head, offset, line, rowsBefore, isLast };
}

function startLine(scan: Scan): void {
  scan.offset += scan.at + 1 - scan.head;
  scan.bytes = scan.bytes.subarray(scan.at + 1);
  scan.line++;
  scan.ended.length = 0;
  Object.assign(scan, START, { at: 0, head: 0 });
}

function tooLarge(file: string, line: number): Refused {
  const problem = `one value is longer than ${VALUE_LIMIT} bytes`;
  return new Refused(
    "RESPONSE_TOO_LARGE",
    { file, line },
    problem,
    "no response of the API is like that, export it again",
  );
}
