import { ANY_RESOURCE } from "./arn-template.js";
import { type AuthorizationRow, CONDITION_KEY, fitting, linesOf } from "./authorization-row.js";
import type { Table, TableRow } from "./page-tables.js";
import type { TypeRow } from "./page-templates.js";
import type { Column } from "./table-words.js";

/** One row's cells by their columns. */
interface Cells {
  /** The cell's words; undefined where the table has no such column, or the row ends before it. */
  readonly text: (column: Column) => string | undefined;
  /** The same as lines, without words that say there is nothing. */
  readonly lines: (column: Column) => string[] | undefined;
}

/** True for a table that gives the resources of actions or operations. */
export function isAuthorizationTable({ columns }: Pick<Table, "columns">): boolean {
  const has = (column: Column): boolean => columns.includes(column);
  return (has("action") || has("operation") || has("api")) && (has("resourceType") || has("arn"));
}

/** Rows of a table that kept its cells. A page about one operation gives its name. */
export function rowsOfTable(table: Table, operation: string | undefined): AuthorizationRow[] {
  const groups: [AuthorizationRow, ...AuthorizationRow[]][] = [];
  for (const row of table.rows.filter(({ cells }) => cells.some((cell) => cell !== ""))) {
    const cells = cellsOf(table, row);
    const read = rowOf(table, row, cells, operation);
    const above = groups.at(-1);
    // A row without names goes on with the resources of the row above.
    if (read.actions.length > 0 || isNamed(cells) || above === undefined) groups.push([read]);
    else above.push(read);
  }
  return groups.map(joined);
}

const isNamed = (cells: Cells): boolean =>
  [cells.lines("operation"), cells.lines("api")].some((cell) => (cell ?? []).length > 0);

function joined(group: readonly [AuthorizationRow, ...AuthorizationRow[]]): AuthorizationRow {
  const [first] = group;
  if (group.length === 1) return first;
  return {
    ...first,
    resource: group.flatMap(({ resource }) => resource ?? []),
    conditionKeys: group.flatMap(({ conditionKeys }) => conditionKeys),
    dependentActions: group.flatMap(({ dependentActions }) => dependentActions),
    doubts: group.flatMap(({ doubts }) => doubts),
  };
}

function cellsOf(table: Table, row: TableRow): Cells {
  const text = (column: Column): string | undefined => row.cells[table.columns.indexOf(column)];
  const lines = (column: Column): string[] | undefined => {
    const cell = text(column);
    return cell === undefined ? undefined : linesOf(cell);
  };
  return { text, lines };
}

function rowOf(table: Table, row: TableRow, cells: Cells, operation: string | undefined): AuthorizationRow {
  const keys = fitting(cells.lines("conditionKey") ?? [], CONDITION_KEY, "condition key");
  const needs = fitting(cells.lines("dependentAction") ?? [], DEPENDENT, "action");
  return {
    line: row.line,
    ...namesOf(cells, operation),
    ...(table.columns.includes("accessLevel") ? { level: cells.text("accessLevel") ?? "" } : {}),
    resource: resourceOf(cells),
    conditionKeys: keys.kept,
    dependentActions: needs.kept,
    doubts: [...widthDoubts(table, row, cells), ...keys.doubts, ...needs.doubts, ...keyDoubts(table, cells)],
  };
}

/** Actions begin with a capital and most condition keys of services do not: cells may have changed places. */
const DEPENDENT = /^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*$/;
const LOOKS_LIKE_KEY = /^[a-z][a-z0-9-]*:[a-z]/;

function keyDoubts({ columns }: Table, cells: Cells): string[] {
  const odd = columns.includes("conditionKey") ? (cells.lines("action") ?? []) : [];
  return odd.filter((name) => LOOKS_LIKE_KEY.test(name)).map((name) => `\`${name}\` looks like a condition key`);
}

/** Without a column for actions, one of operations holds them, prefix and all, or names that only lack it. */
function namesOf(cells: Cells, operation: string | undefined): Pick<AuthorizationRow, "actions" | "operations"> {
  const actions = cells.lines("action");
  const named = cells.lines("api") ?? (actions === undefined ? undefined : cells.lines("operation"));
  const own = operation === undefined ? [] : [operation];
  return { actions: actions ?? cells.lines("operation") ?? [], operations: named ?? own };
}

/** A column of names beside one of types: the type is the label of every name. */
function resourceOf(cells: Cells): string[] | undefined {
  const types = linesOrAll(cells, "resourceType");
  const names = linesOrAll(cells, "arn");
  if (names === undefined) return types;
  const [label] = types ?? [];
  return label === undefined || types?.length !== 1 ? names : names.flatMap((name) => [label, name]);
}

/** An action that takes no resource is granted on all of them. */
function linesOrAll(cells: Cells, column: Column): string[] | undefined {
  return /^(?:none|无)$/i.test(cells.text(column) ?? "") ? [ANY_RESOURCE] : cells.lines(column);
}

const CERTAIN: readonly Column[] = ["accessLevel", "resourceType", "arn", "conditionKey", "dependentAction"];

function widthDoubts({ columns }: Table, row: TableRow, cells: Cells): string[] {
  if (row.cells.length > columns.length) return ["it has more cells than the table has columns"];
  const isShort = CERTAIN.some((column) => columns.includes(column) && cells.text(column) === undefined);
  return isShort ? ["it has fewer cells than the table has columns"] : [];
}

/** Rows of a table that only gives the names of each type of resource. */
export function typeRowsOfTable(table: Table): TypeRow[] {
  const { columns } = table;
  if (!columns.includes("resourceType") || !columns.includes("arn") || isAuthorizationTable(table)) return [];
  return table.rows.map((row) => {
    const cells = cellsOf(table, row);
    return { line: row.line, name: cells.lines("resourceType")?.join(" ") ?? "", cell: cells.lines("arn") ?? [] };
  });
}
