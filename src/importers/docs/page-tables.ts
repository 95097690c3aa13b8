import type { BatchFinding } from "../../inventory/batch.js";
import { cutGluedRow, type PageWords } from "./cut-glued.js";
import { noteLine, type PageLine } from "./page.js";
import { roleMentions } from "./role-names.js";
import { type Column, columnNamed, columnsGlued } from "./table-words.js";

export interface Table {
  readonly line: PageLine;
  /** Undefined where the header is not known. */
  readonly columns: readonly (Column | undefined)[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly line: PageLine;
  readonly cells: readonly string[];
}

export interface PageTables {
  readonly tables: readonly Table[];
  /** Lines outside of all tables and JSON that hold words. */
  readonly prose: readonly PageLine[];
  readonly findings: readonly BatchFinding[];
}

/** A run of lines that make up a table whose rows are not cut yet. */
interface RawTable {
  readonly columns: readonly (Column | undefined)[];
  readonly line: PageLine;
  readonly rows: readonly PageLine[];
  readonly isGlued: boolean;
}

/** Finds the tables among the lines that are no JSON. `codes` are the service codes in the page's policies. */
export function readTables(lines: readonly PageLine[], codes: ReadonlySet<string>): PageTables {
  const { raws, prose } = findTables(lines);
  const findings: BatchFinding[] = [...unknownHeaders(prose)];
  const words = prose.map(({ text }) => text);
  const tables = new Map<RawTable, Table>();
  for (const group of [raws.filter((raw) => !isByService(raw)), raws.filter(isByService)]) {
    const known = wordsOf(words.join("\n"), codes);
    for (const raw of group) {
      const table = cutTable(raw, known, findings);
      tables.set(raw, table);
      for (const { cells } of table.rows) words.push(cells.join("\n"));
    }
  }
  return { tables: raws.flatMap((raw) => tables.get(raw) ?? []), prose, findings };
}

/** The labels of services stand free in other tables, so these come last. */
const isByService = (raw: RawTable): boolean => raw.columns.includes("service");

function cutTable(raw: RawTable, words: PageWords, findings: BatchFinding[]): Table {
  const known = raw.columns.filter((column) => column !== undefined);
  const rows = raw.rows.flatMap((line) => {
    const cells = raw.isGlued ? cutGluedRow(line.text, known, words) : line.cells;
    if (cells !== undefined) return [{ line, cells }];
    findings.push(gluedFinding(line));
    return [];
  });
  return { line: raw.line, columns: raw.columns, rows };
}

function gluedFinding(line: PageLine): BatchFinding {
  const start = line.text.slice(0, 80);
  const message = `the cells of row \`${start}\` are run together and cannot be parted for certain; the row was left out`;
  return noteLine(line, "GLUED_CELLS", "WARNING", message);
}

function findTables(lines: readonly PageLine[]): { raws: RawTable[]; prose: PageLine[] } {
  const raws: RawTable[] = [];
  const prose: PageLine[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at];
    if (line === undefined) break;
    const raw = line.cells !== undefined ? cellTable(lines, at) : gluedTable(lines, at);
    if (raw !== undefined) raws.push(raw.table);
    else if (line.text !== "" && line.cells === undefined) prose.push(line);
    at += raw?.height ?? 1;
  }
  return { raws, prose };
}

function cellTable(lines: readonly PageLine[], at: number): { table: RawTable; height: number } | undefined {
  const line = lines[at];
  if (line?.cells === undefined) return undefined;
  let end = at + 1;
  while (lines[end] !== undefined && isRowPart(lines, end)) end++;
  const rows = lines.slice(at + 1, end).filter(({ cells }) => cells !== undefined);
  const [first, ...others] = rows;
  // Where a header takes two rows, the second one parts the columns of the first.
  const below = first?.cells?.map(columnNamed) ?? [];
  const isTwofold = below.length > 1 && below.length >= line.cells.length && !below.includes(undefined);
  const header = isTwofold ? { columns: below, rows: others } : { columns: line.cells.map(columnNamed), rows };
  return { table: { line, ...header, isGlued: false }, height: end - at };
}

/** Rows, rules between them, and the verbatim lines that belong to a row's cells. */
function isRowPart(lines: readonly PageLine[], at: number): boolean {
  const line = lines[at];
  if (line?.cells !== undefined) return line.number > 0;
  return line !== undefined && (line.isRowRest === true || (line.text === "" && line.raw.trim() !== ""));
}

function gluedTable(lines: readonly PageLine[], at: number): { table: RawTable; height: number } | undefined {
  const line = lines[at];
  const columns = line === undefined ? undefined : columnsGlued(line.text);
  if (line === undefined || columns === undefined) return undefined;
  let end = at + 1;
  while (isGluedRow(lines, end)) end++;
  if (end === at + 1) return undefined;
  return { table: { line, columns, rows: lines.slice(at + 1, end), isGlued: true }, height: end - at };
}

/** Rows follow without a blank line, and without a gap where JSON stood. */
function isGluedRow(lines: readonly PageLine[], at: number): boolean {
  const line = lines[at];
  const before = lines[at - 1];
  return (
    line !== undefined &&
    before !== undefined &&
    line.text !== "" &&
    line.number === before.number + 1 &&
    !/^(?:important|note|warning)$/i.test(line.text)
  );
}

function wordsOf(text: string, codes: ReadonlySet<string>): PageWords {
  const tokens = new Set(text.split(/[^A-Za-z0-9]+/));
  let phrases: ReadonlySet<string> | undefined;
  const roles = [...new Set(roleMentions(text).map(({ role }) => role))].sort(
    (one, other) => other.length - one.length,
  );
  return {
    roles,
    isWord: (token) => tokens.has(token) || codes.has(token.toLowerCase()),
    isLabel: (label) => {
      phrases ??= phrasesOf(text);
      return codes.has(label.toLowerCase()) || phrases.has(label);
    },
  };
}

const LONGEST_PHRASE = 6;

/** All runs of up to six words that stand free, so that looking one up costs the same however long the page is. */
function phrasesOf(text: string): ReadonlySet<string> {
  const phrases = new Set<string>();
  for (const chunk of text.split(/[^A-Za-z0-9 ]+/)) {
    const words = chunk.split(" ").filter((word) => word !== "");
    for (let from = 0; from < words.length; from++) {
      for (let to = from + 1; to <= Math.min(words.length, from + LONGEST_PHRASE); to++)
        phrases.add(words.slice(from, to).join(" "));
    }
  }
  return phrases;
}

/** A line that stands right above a row that begins with a role's name looks like a header nobody knows. */
function unknownHeaders(prose: readonly PageLine[]): BatchFinding[] {
  return prose.flatMap((line, index) => {
    const next = prose[index + 1];
    const isHeader =
      /^[A-Z][a-z]+(?: [a-z]+)*[A-Z]/.test(line.text) && line.text.length < 120 && !/[.:,]$/.test(line.text);
    const isRow = next !== undefined && next.number === line.number + 1 && next.text.startsWith("AliyunServiceRole");
    if (!isHeader || !isRow) return [];
    return [
      noteLine(
        line,
        "UNKNOWN_TABLE_HEADER",
        "WARNING",
        `unknown table header \`${line.text}\`; the table was left out`,
      ),
    ];
  });
}
