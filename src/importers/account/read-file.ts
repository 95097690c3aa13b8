import type { BatchFinding } from "../../inventory/batch.js";
import type { GapReason } from "../../inventory/source.js";
import { asciiLower } from "../../policy/ascii.js";
import { type ExportFileName, parseFileName } from "./file-name.js";
import { type ExportOperation, OPERATIONS } from "./operations.js";
import { readResponses } from "./read-responses.js";
import { describePlace, Refused, type Where } from "./refusal.js";
import { type Row, readCount, readFlag, readText, whereOf } from "./row.js";
import type { Said } from "./said.js";

/** What is noticed while the files of an export are read, beside what they say. */
export interface ExportNotes {
  readonly pages: PageMark[];
  readonly findings: BatchFinding[];
  readonly gaps: GapNote[];
  /** Operations that were answered by an error. */
  readonly failed: string[];
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

/** What a file's name tells, where it is of the list. */
export interface ListedFile {
  readonly file: string;
  readonly name: ExportFileName;
  readonly operation: ExportOperation;
}

/**
 * Reads one file and hands on what it says, statement by statement.
 * @throws Refused when the file cannot be read in full
 */
export async function readFile(
  { file, name, operation }: ListedFile,
  chunks: AsyncIterable<Uint8Array>,
  notes: ExportNotes,
  take: (said: Said) => void,
): Promise<void> {
  const { forgives } = operation;
  let rows = 0;
  for await (const { row, isLast } of readResponses(chunks, { file, isLines: name.isLines, forgives })) {
    const code = row.fields.has("Message") ? readText(row, "Code") : undefined;
    if (code !== undefined && code !== operation.noneCode) {
      noteError(name, operation, code, row, notes);
      continue;
    }
    const said = code === undefined ? operation.read(row, name.rest) : [];
    for (const one of said) take(one);
    rows += said.length;
    if (!isLast) continue;
    notes.pages.push(markOf({ file, name, operation }, row, rows));
    rows = 0;
  }
}

/** The file as one of the list; a file that is not is a finding and a gap. */
export function listFile(file: string, notes: ExportNotes): ListedFile | undefined {
  const name = parseFileName(file);
  const operation = name === undefined ? undefined : OPERATIONS.get(name.operation);
  if (name === undefined || operation === undefined) {
    noteUnknown(file, name, notes);
    return undefined;
  }
  const missing = operation.arguments[name.rest.length];
  if (missing === undefined) return { file, name, operation };
  const form = [name.operation, ...operation.arguments.map((argument) => `<${argument}>`)].join(".");
  throw new Refused("ARGUMENT_MISSING", { file }, `the ${missing} is missing`, `name the file \`${form}.json\``);
}

function markOf({ file, name, operation }: ListedFile, response: Row, rows: number): PageMark {
  return {
    operation: name.operation,
    arguments: name.rest.slice(0, operation.arguments.length).map(asciiLower),
    sequence: nameSequence(name, operation),
    file,
    isTruncated: readFlag(response, "IsTruncated") ?? readText(response, "NextToken") !== undefined,
    totalCount: readCount(response, "TotalCount"),
    rows,
  };
}

/** `3`, `page3`, `p-3`: numbers of other things, such as those of regions, keep lists apart. */
const PAGE_NUMBER = /^(?:page|part|p)?[-_]?\d+$/i;

/** Segments behind the arguments may number the pages of one list. */
function nameSequence({ operation, rest }: ExportFileName, { arguments: names }: ExportOperation): string {
  const free = rest.slice(names.length).map((segment) => (PAGE_NUMBER.test(segment) ? "#" : segment));
  return JSON.stringify([operation, ...rest.slice(0, names.length), ...free]);
}

function noteUnknown(file: string, name: ExportFileName | undefined, notes: ExportNotes): void {
  const wanted = asciiLower(name?.operation ?? "");
  const near = [...OPERATIONS.keys()].find((known) => asciiLower(known) === wanted);
  const meant = near === undefined ? "" : `, is \`${near}\` meant?`;
  const message = `\`${file}\` is not a file that is read${meant}`;
  notes.findings.push({
    ...findingAt({ file }, "UNKNOWN_FILE", message),
    ...(near === undefined ? {} : { suggestion: near }),
  });
  notes.gaps.push({ reason: "ACCOUNT_NOT_IMPORTED", subject: subjectOf(file), detail: message });
}

function noteError(
  name: ExportFileName,
  operation: ExportOperation,
  code: string,
  response: Row,
  notes: ExportNotes,
): void {
  const where = whereOf(response);
  const message = `the response ${describePlace(where)} is the error \`${code}\`: ${readText(response, "Message") ?? ""}`;
  notes.findings.push(findingAt(where, "ERROR_RESPONSE", message));
  notes.gaps.push({ reason: operation.gap, subject: subjectOf(where.file), detail: message });
  notes.failed.push(name.operation);
}

const subjectOf = (file: string): string => file.replace(/\.jsonl?$/, "");

function findingAt({ line, column }: Where, code: string, message: string): BatchFinding {
  const place = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
  return { code, severity: "WARNING", message, ...place };
}
