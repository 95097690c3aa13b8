import type { BatchFinding } from "../../inventory/batch.js";
import type { GapReason } from "../../inventory/source.js";
import { asciiLower } from "../../policy/ascii.js";
import { decodeUtf8 } from "./decode-utf8.js";
import { type ExportFileName, parseFileName } from "./file-name.js";
import { type ExportOperation, OPERATIONS } from "./operations.js";
import { readResponses } from "./read-responses.js";
import { describePlace, Refused, type Where } from "./refusal.js";
import { type Row, readCount, readFlag, readText, whereOf } from "./row.js";
import type { Said } from "./said.js";

/** What one file of an export says. */
export interface FileReading {
  readonly said: readonly Said[];
  readonly pages: readonly PageMark[];
  readonly findings: readonly BatchFinding[];
  readonly gaps: readonly GapNote[];
  /** Operations that were answered by an error. */
  readonly failed: readonly string[];
}

/** A gap before the account is known. */
export interface GapNote {
  readonly reason: GapReason;
  readonly subject: string;
  readonly detail: string;
}

/** One answered request, which may be one page of several. */
export interface PageMark {
  readonly operation: string;
  /** In lower case: RAM names ignore the letter case. */
  readonly arguments: readonly string[];
  /** Equal for the pages of one list: the file's name without page numbers. */
  readonly sequence: string;
  readonly file: string;
  readonly isTruncated: boolean;
  readonly totalCount?: number | undefined;
  readonly rows: number;
}

/**
 * Reads one file. A file that is not of the list is a finding and a gap.
 * @throws Refused when the file is of the list and cannot be read in full
 */
export function readFile(file: string, bytes: Uint8Array): FileReading {
  const name = parseFileName(file);
  const operation = name === undefined ? undefined : OPERATIONS.get(name.operation);
  if (name === undefined || operation === undefined) return noteUnknown(file, name);
  const missing = operation.arguments[name.rest.length];
  if (missing !== undefined) {
    const form = [name.operation, ...operation.arguments.map((argument) => `<${argument}>`)].join(".");
    throw new Refused("ARGUMENT_MISSING", { file }, `the ${missing} is missing`, `name the file \`${form}.json\``);
  }
  const readings: FileReading[] = [];
  for (const response of readResponses(file, decodeUtf8(bytes, file), {
    isLines: name.isLines,
    forgives: operation.forgives,
  })) {
    readings.push(readResponse(file, name, operation, response));
  }
  return joinReadings(readings);
}

export function joinReadings(readings: readonly FileReading[]): FileReading {
  return {
    said: readings.flatMap(({ said }) => said),
    pages: readings.flatMap(({ pages }) => pages),
    findings: readings.flatMap(({ findings }) => findings),
    gaps: readings.flatMap(({ gaps }) => gaps),
    failed: readings.flatMap(({ failed }) => failed),
  };
}

function readResponse(file: string, name: ExportFileName, operation: ExportOperation, response: Row): FileReading {
  const code = response.fields.has("Message") ? readText(response, "Code") : undefined;
  if (code !== undefined && code !== operation.noneCode) return noteError(name, operation, code, response);
  const said = code === undefined ? operation.read(response, name.rest) : [];
  const page: PageMark = {
    operation: name.operation,
    arguments: name.rest.slice(0, operation.arguments.length).map(asciiLower),
    sequence: nameSequence(name, operation),
    file,
    isTruncated: readFlag(response, "IsTruncated") ?? readText(response, "NextToken") !== undefined,
    totalCount: readCount(response, "TotalCount"),
    rows: said.length,
  };
  return { said, pages: [page], findings: [], gaps: [], failed: [] };
}

/** Digits behind the arguments number the pages of one list. */
function nameSequence({ operation, rest }: ExportFileName, { arguments: names }: ExportOperation): string {
  const free = rest.slice(names.length).map((segment) => segment.replace(/\d+/g, "#"));
  return JSON.stringify([operation, ...rest.slice(0, names.length), ...free]);
}

function noteUnknown(file: string, name: ExportFileName | undefined): FileReading {
  const wanted = asciiLower(name?.operation ?? "");
  const near = [...OPERATIONS.keys()].find((known) => asciiLower(known) === wanted);
  const detail = `\`${file}\` is not a file that is read`;
  const meant = near === undefined ? "" : `, is \`${near}\` meant?`;
  return note("UNKNOWN_FILE", { file }, `${detail}${meant}`, "ACCOUNT_NOT_IMPORTED", near);
}

function noteError(name: ExportFileName, operation: ExportOperation, code: string, response: Row): FileReading {
  const where = whereOf(response);
  const message = `the response ${describePlace(where)} is the error \`${code}\`: ${readText(response, "Message") ?? ""}`;
  return { ...note("ERROR_RESPONSE", where, message, operation.gap), failed: [name.operation] };
}

function note(code: string, where: Where, message: string, reason: GapReason, suggestion?: string): FileReading {
  const { file, line, column } = where;
  const place = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
  const finding = { code, severity: "WARNING" as const, message, ...place };
  return {
    said: [],
    pages: [],
    findings: [suggestion === undefined ? finding : { ...finding, suggestion }],
    gaps: [{ reason, subject: file.replace(/\.jsonl?$/, ""), detail: message }],
    failed: [],
  };
}
