import type { PageLine } from "./page.js";
import type { Table } from "./page-tables.js";
import type { Column } from "./table-words.js";

/** One row of an authorization table, its cells as lines of words. */
export interface AuthorizationRow {
  readonly line: PageLine;
  readonly action: string;
  readonly api: string;
  readonly level: string;
  readonly resource: readonly string[];
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
}

const ACTION = /^[a-z][a-z0-9-]*:[A-Za-z0-9*]+$/;
const COMPACT = /^([a-z][a-z0-9-]*:[A-Za-z0-9*]+)\s+([A-Za-z]\w*)\s+([A-Za-z]+)$/;
const NOTHING = /^(?:none|无|-)$/i;

/** Rows of a table that kept its cells. A page on one operation gives that operation's name as `api`. */
export function rowsOfTable(table: Table, api: string | undefined): AuthorizationRow[] {
  const at = (column: Column): number => table.columns.indexOf(column);
  if (at("action") < 0 || at("accessLevel") < 0 || at("resourceType") < 0) return [];
  return table.rows.flatMap(({ line, cells }) => {
    const cell = (column: Column): string[] => lines(cells[at(column)]);
    const action = cell("action")[0] ?? "";
    if (!ACTION.test(action)) return [];
    return [
      {
        line,
        action,
        api: cell("api")[0] ?? api ?? "",
        level: cell("accessLevel")[0] ?? "",
        resource: cell("resourceType"),
        conditionKeys: cell("conditionKey"),
        dependentActions: cell("dependentAction"),
      },
    ];
  });
}

function lines(cell: string | undefined): string[] {
  return (cell ?? "")
    .split("\n")
    .map(bare)
    .filter((line) => line !== "" && !NOTHING.test(line));
}

const bare = (text: string): string => text.replace(/^[-•]\s+/, "").trim();

/** Rows of a table whose cells stand one below the other, as text and some Markdown keep it. */
export function rowsOfLines(prose: readonly PageLine[]): AuthorizationRow[] {
  const starts = prose.flatMap((_, index) => (startOf(prose, index) === undefined ? [] : [index]));
  return starts.flatMap((from, index) => {
    const start = startOf(prose, from);
    const line = prose[from];
    const next = starts[index + 1] ?? endOfTable(prose, from);
    if (start === undefined || line === undefined) return [];
    return [
      { line, ...start.names, ...splitCells(prose.slice(from + start.height, next).map(({ text }) => bare(text))) },
    ];
  });
}

interface RowStart {
  readonly names: { readonly action: string; readonly api: string; readonly level: string };
  /** How many lines the first three cells take. */
  readonly height: number;
}

const LEVEL = /^(?:create|get|list|update|delete|none|read|write)$/i;

/** A lone action starts a row only when its operation and access level follow; else it is a dependent action. */
function startOf(prose: readonly PageLine[], at: number): RowStart | undefined {
  const text = prose[at]?.text ?? "";
  const [, action, api, level] = COMPACT.exec(text) ?? [];
  if (action !== undefined && api !== undefined && level !== undefined && LEVEL.test(level))
    return { names: { action, api, level }, height: 1 };
  if (!ACTION.test(text)) return undefined;
  const nextApi = prose[at + 1]?.text ?? "";
  const nextLevel = prose[at + 2]?.text ?? "";
  if (!/^[A-Za-z]\w*$/.test(nextApi) || !LEVEL.test(nextLevel)) return undefined;
  return { names: { action: text, api: nextApi, level: nextLevel }, height: 3 };
}

/** The last row ends where a heading or a sentence follows. */
function endOfTable(prose: readonly PageLine[], from: number): number {
  let end = from + 1;
  while (end < prose.length && isCellLine(prose[end]?.text ?? "")) end++;
  return end;
}

function isCellLine(text: string): boolean {
  return (
    text.length < 400 &&
    (/^(?:\*|acs:|none\b|无)/i.test(text) ||
      /^(?:[-•]\s+)?[a-z][a-z0-9-]*:\S+$/.test(text) ||
      LEVEL.test(text) ||
      /^[A-Z]\w*$/.test(text)) &&
    !/^(?:resource|资源)$/i.test(text)
  );
}

/** Label and ARN alternate; then come the condition keys and, behind them, the dependent actions. */
function splitCells(
  cells: readonly string[],
): Pick<AuthorizationRow, "resource" | "conditionKeys" | "dependentActions"> {
  let at = 0;
  while (isArn(cells[at + 1] ?? "") && !isArn(cells[at] ?? "") && !NOTHING.test(cells[at] ?? "")) {
    at += 2;
    while (isArn(cells[at] ?? "")) at++;
  }
  const rest = cells
    .slice(at)
    .flatMap((cell) => (/^(?:none|无)\s+(?:none|无)$/i.test(cell) ? cell.split(/\s+/) : [cell]));
  const gap = rest.findIndex((cell) => NOTHING.test(cell));
  const isFirstEmpty = gap === 0;
  const keys = isFirstEmpty ? [] : gap < 0 ? rest.filter((cell) => !ACTION.test(cell)) : rest.slice(0, gap);
  const actions = gap < 0 ? rest.filter((cell) => ACTION.test(cell)) : isFirstEmpty ? rest.slice(1) : [];
  return {
    resource: cells.slice(0, at),
    conditionKeys: keys,
    dependentActions: actions.filter((cell) => !NOTHING.test(cell)),
  };
}

export function isArn(text: string): boolean {
  return text === "*" || text.startsWith("acs:");
}
