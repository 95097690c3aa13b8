import type { PageLine } from "./page.js";
import { type Column, columnNamed } from "./table-words.js";

/** A table whose cells stand one below the other: its header, and the lines up to the next header. */
export interface LineTable {
  readonly line: PageLine;
  readonly columns: readonly Column[];
  readonly body: readonly PageLine[];
}

/** Finds tables among lines outside of others: names of columns, each on a line of its own, and what follows them. */
export function findLineTables(prose: readonly PageLine[]): LineTable[] {
  const tables: { line: PageLine; columns: Column[]; body: PageLine[] }[] = [];
  for (let at = 0; at < prose.length; ) {
    const columns = headerAt(prose, at);
    const line = prose[at];
    if (line !== undefined && columns !== undefined) tables.push({ line, columns, body: [] });
    else if (line !== undefined) tables.at(-1)?.body.push(line);
    at += columns?.length ?? 1;
  }
  return tables;
}

/** A header names actions with their levels, or types with their resources, or condition keys. */
function headerAt(prose: readonly PageLine[], at: number): Column[] | undefined {
  const columns: Column[] = [];
  for (let next = at; next < prose.length; next++) {
    const column = columnNamed(prose[next]?.text ?? "");
    if (column === undefined || columns.includes(column)) break;
    columns.push(column);
  }
  return asHeader(columns);
}

function asHeader(columns: readonly Column[]): Column[] | undefined {
  const [first, second] = columns;
  const has = (column: Column): boolean => columns.includes(column);
  if (first === "resourceType") return second === "arn" ? [first, second] : undefined;
  if (isPair(columns)) return [...columns];
  if (first === "conditionKey") return second === undefined ? undefined : [...columns];
  const isOfActions = (first === "action" || first === "operation") && has("accessLevel") && has("resourceType");
  return isOfActions ? [...columns] : undefined;
}

/** The two columns of the oldest tables: a name, and the resources that it is checked against. */
export function isPair(columns: readonly Column[]): boolean {
  const [first = "role", second] = columns;
  return columns.length === 2 && ["action", "operation", "api"].includes(first) && second === "arn";
}
