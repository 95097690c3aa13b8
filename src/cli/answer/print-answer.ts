import type { Answer } from "../../app/ask.js";
import { REVISION_ALIAS } from "../../app/ask-revision.js";
import { Failure } from "../../app/failure.js";
import { edgesOf } from "./edges-of.js";
import type { AnswerFormat } from "./formats.js";
import { remarksOn } from "./remarks-on.js";
import { isObject, type JsonObject, type Rows, rowsOf } from "./rows-of.js";
import { toCsv } from "./to-csv.js";
import { toDot, toMermaid } from "./to-graph.js";
import { toTable } from "./to-table.js";

export interface AnswerView {
  readonly format: AnswerFormat;
  /** Path of the list to show. */
  readonly field?: string;
  /** Columns of the terminal. */
  readonly width: number;
  readonly isCompact: boolean;
}

/** What a command prints of an answer. */
export interface PrintedAnswer {
  readonly text: string;
  /** What the answer says beside it, for standard error; nothing where the text is the whole answer. */
  readonly remarks: readonly string[];
}

/**
 * An answer as the text that a command prints. What was not found gives no row.
 *
 * @throws Failure when the format needs what the answer does not hold
 */
export function printAnswer(answer: Answer, view: AnswerView): PrintedAnswer {
  const { format } = view;
  if (format === "json") return { text: `${JSON.stringify(answer, null, view.isCompact ? 0 : 2)}\n`, remarks: [] };
  const { [REVISION_ALIAS]: revision, ...data } = foundIn(answer);
  if (Object.keys(data).length === 0) return { text: "", remarks: [] };
  return { text: printData({ data, revision }, format, view), remarks: remarksOn(data) };
}

function printData(
  { data, revision }: { readonly data: JsonObject; readonly revision: JsonObject[string] | undefined },
  format: Exclude<AnswerFormat, "json">,
  { field, width }: AnswerView,
): string {
  switch (format) {
    case "csv":
      return toCsv(withRevision(findRows(data, field), revision));
    case "table":
      return printTable(findRows(data, field), revision, width);
    case "mermaid":
      return `${toMermaid(findEdges(data))}\n`;
    case "dot":
      return `${toDot(findEdges(data))}\n`;
  }
}

/** The data without what was not found. */
function foundIn({ data }: Answer): JsonObject {
  // An answer has come through JSON or will go there: nothing but JSON is in it.
  const plain: unknown = JSON.parse(JSON.stringify(data ?? {}));
  return isRecord(plain) ? Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== null)) : {};
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function findRows(data: JsonObject, field: string | undefined): Rows {
  const rows = rowsOf(data, field);
  if (rows !== undefined) return rows;
  const { place, others } = rowsOf(data) ?? { place: "", others: [] };
  const lists = [place, ...others].map((each) => `\`${each}\``).join(", ");
  throw new Failure(`the answer has no list \`${field ?? ""}\`; it has ${lists}`);
}

function findEdges(data: JsonObject) {
  const edges = edgesOf(data);
  if (edges.length > 0) return edges;
  throw new Failure(
    "nothing in the answer leads from one thing to another; select `from { name } to { name }`, e.g. of `paths { steps }`",
  );
}

function revisionIn(value: JsonObject[string] | undefined): string {
  return isObject(value) && typeof value.revision === "string" ? value.revision : "";
}

function withRevision(rows: Rows, revision: JsonObject[string] | undefined): Rows {
  const text = revisionIn(revision);
  if (rows.columns.includes("revision")) return rows;
  return {
    ...rows,
    columns: [...rows.columns, "revision"],
    rows: rows.rows.map((row) => new Map([...row, ["revision", text]])),
  };
}

function printTable(rows: Rows, revision: JsonObject[string] | undefined, width: number): string {
  const count = `${rows.rows.length} ${rows.rows.length === 1 ? "row" : "rows"}`;
  const place = rows.place === "" ? "" : ` of ${rows.place}`;
  const others = rows.others.length === 0 ? "" : `; also there: ${rows.others.join(", ")} (--field)`;
  return `${toTable(rows, width)}\n${count}${place} at revision ${revisionIn(revision)}${others}\n`;
}
