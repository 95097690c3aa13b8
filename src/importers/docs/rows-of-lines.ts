import { ACTION, type AuthorizationRow, bare, CONDITION_KEY, LEVEL, NAME, NOTHING } from "./authorization-row.js";
import type { LineTable } from "./line-tables.js";
import type { PageLine } from "./page.js";
import type { TypeRow } from "./page-templates.js";

/** Rows of a table whose cells stand one below the other. A page about one operation gives its name. */
export function rowsOfLines({ columns, body }: LineTable, operation: string | undefined): AuthorizationRow[] {
  const hasApi = columns.includes("api") || (columns.includes("action") && columns.includes("operation"));
  const starts = body.flatMap((_, index) => startAt(body, index, hasApi) ?? gluedStart(body, index) ?? []);
  return starts.map((start, index) => {
    const cells = body.slice(start.end, starts[index + 1]?.at).map(({ text }) => bare(text));
    const own = operation === undefined ? [] : [operation];
    return {
      line: start.line,
      actions: [start.action],
      operations: start.api === undefined ? own : [start.api],
      level: start.level,
      ...splitCells(cells, columns, index === starts.length - 1),
    };
  });
}

interface RowStart {
  readonly at: number;
  /** Index behind the cells of names and level. */
  readonly end: number;
  readonly line: PageLine;
  readonly action: string;
  readonly api?: string;
  readonly level: string;
}

/** Action, operation and level, on one line or on several: a lone action is one that a row depends on. */
function startAt(body: readonly PageLine[], at: number, hasApi: boolean): RowStart | undefined {
  const line = body[at];
  const wanted = hasApi ? 3 : 2;
  const words: string[] = [];
  let end = at;
  while (words.length < wanted && end < body.length) words.push(...(body[end++]?.text ?? "").split(/\s+/));
  const [action = "", second = "", third = ""] = words;
  const level = hasApi ? third : second;
  if (line === undefined || words.length !== wanted || !ACTION.test(action) || !LEVEL.test(level)) return undefined;
  if (hasApi && !NAME.test(second)) return undefined;
  // A condition key above `none` looks the same, but for what comes next.
  if (
    end < body.length &&
    !isLabel(
      body.slice(end, end + 2).map(({ text }) => bare(text)),
      0,
    )
  )
    return undefined;
  return { at, end, line, action, level, ...(hasApi ? { api: second } : {}) };
}

const GLUED = /^[a-z][a-z0-9-]*:[A-Za-z0-9]+?(?:Create|Get|List|Update|Delete|None|Read|Write|读取?|写入?|列出)$/;

/** An action that ends in a level, above a resource: `a:GetBoxWrite` may be one name or two words, so that its row is not read. */
function gluedStart(body: readonly PageLine[], at: number): RowStart | undefined {
  const line = body[at];
  const next = body.slice(at + 1, at + 3).map(({ text }) => bare(text));
  const [first = ""] = next;
  const isAbove = isLabel(next, 0) || /\bacs:/.test(first);
  if (line === undefined || !GLUED.test(line.text) || !isAbove || ACTION.test(first.split(/\s/)[0] ?? ""))
    return undefined;
  return { at, end: at + 1, line, action: line.text, level: "" };
}

type SplitCells = Pick<AuthorizationRow, "resource" | "conditionKeys" | "dependentActions" | "doubts">;

/** Label and name of each resource alternate; then come the condition keys and, behind them, the dependent actions. */
function splitCells(cells: readonly string[], columns: LineTable["columns"], isLast: boolean): SplitCells {
  let at = 0;
  while (isLabel(cells, at)) {
    at += isAllResources(cells[at] ?? "") && !isName(cells[at + 1]) ? 1 : 2;
  }
  const rest = cells.slice(at).flatMap((cell) => (isTwoNothings(cell) ? cell.split(/\s+/) : [cell]));
  // Behind the last row the page goes on with other words.
  const found = rest.findIndex((cell) => !isLater(cell));
  const end = isLast && found >= 0 ? found : rest.length;
  const { doubts, ...later } = splitLater(rest.slice(0, end), columns);
  const cut = isLast && isCut(rest, end) ? ["the rows do not end here, so that its last cells are not certain"] : [];
  const certain = cut.length > 0 ? { conditionKeys: [], dependentActions: [] } : later;
  // A name without its label: another type of resource than the one above, and nobody knows which.
  const resource = isName(cells[at]) ? undefined : cells.slice(0, at);
  return { resource, ...certain, doubts: [...cut, ...doubts] };
}

const SOON = 5;

/** A row behind the last one was damaged, or the page ends with what may be its first cell. */
function isCut(rest: readonly string[], end: number): boolean {
  const last = rest[end - 1];
  const behind = rest.slice(end);
  const mayBeCell = last !== undefined && !NOTHING.test(last) && behind.length < 3;
  if (mayBeCell && behind.every((cell) => NAME.test(cell))) return true;
  return behind.slice(0, SOON).some((cell) => /^acs:\S+$|^\*(?:\s*\w{1,60}){0,3}$/.test(cell));
}

const isName = (cell: string | undefined): boolean => cell === "*" || cell?.startsWith("acs:") === true;
const isAllResources = (cell: string): boolean => /^\*?\s*(?:all resources?|全部资源)$/i.test(cell);
const isTwoNothings = (cell: string): boolean => /^(?:none|无)\s+(?:none|无)$/i.test(cell);
const isLater = (cell: string): boolean => NOTHING.test(cell) || CONDITION_KEY.test(cell) || ACTION.test(cell);

function isLabel(cells: readonly string[], at: number): boolean {
  const cell = cells[at] ?? "";
  if (cell === "" || isName(cell) || NOTHING.test(cell)) return false;
  return isName(cells[at + 1]) || isAllResources(cell);
}

/** Nothing is taken for certain but what the words that say `none`, or a count of one each, leave no doubt about. */
function splitLater(
  cells: readonly string[],
  columns: LineTable["columns"],
): Pick<AuthorizationRow, "conditionKeys" | "dependentActions" | "doubts"> {
  const kinds = (["conditionKey", "dependentAction"] as const).filter((column) => columns.includes(column));
  const parts = partsOf(cells, kinds.length);
  const keys = parts?.[kinds.indexOf("conditionKey")] ?? [];
  const needs = parts?.[kinds.indexOf("dependentAction")] ?? [];
  if (parts !== undefined && keys.every((key) => CONDITION_KEY.test(key)) && needs.every((one) => ACTION.test(one)))
    return { conditionKeys: keys, dependentActions: needs, doubts: [] };
  const written = cells.map((cell) => `\`${cell.slice(0, 60)}\``).join(", ");
  const doubt =
    cells.length === 0
      ? "its condition keys and dependent actions are missing"
      : `which of ${written} are condition keys and which dependent actions is not certain`;
  return { conditionKeys: [], dependentActions: [], doubts: [doubt] };
}

/** Parts lines into so many cells; undefined where more than one way would do, or none. */
function partsOf(lines: readonly string[], count: number): (readonly string[])[] | undefined {
  if (lines.length === 0 || count === 0) return lines.length === count ? [] : undefined;
  const isNothing = (line: string | undefined): boolean => line !== undefined && NOTHING.test(line);
  const values = lines.filter((line) => !isNothing(line));
  if (count === 1) return values.length === 0 || values.length === lines.length ? [values] : undefined;
  if (lines.length === 2 && values.length !== 1) return [lines.slice(0, 1), lines.slice(1)].map(withoutNothing);
  if (lines.length - values.length !== 1 || values.length === 0) return undefined;
  if (isNothing(lines[0])) return [[], values];
  return isNothing(lines.at(-1)) ? [values, []] : undefined;
}

const withoutNothing = (lines: readonly string[]): readonly string[] => lines.filter((line) => !NOTHING.test(line));

/** Rows of the oldest tables: a name, and its resources below it. */
export function pairRowsOfLines(table: LineTable): AuthorizationRow[] {
  const isOfOperations = table.columns[0] === "api";
  return typeRowsOfLines(table)
    .filter(({ name }) => ACTION.test(name) || NAME.test(name))
    .map(({ line, name, cell }) => ({
      line,
      actions: isOfOperations ? [] : [name],
      operations: isOfOperations ? [name] : [],
      resource: cell,
      conditionKeys: [],
      dependentActions: [],
      doubts: [],
    }));
}

/** Rows of a table that gives the names of each type of resource: a label, and the names below it. */
export function typeRowsOfLines({ body }: LineTable): TypeRow[] {
  const rows: { line: PageLine; name: string; cell: string[] }[] = [];
  for (let at = 0; at < body.length; at++) {
    const line = body[at];
    const text = bare(line?.text ?? "");
    if (line === undefined) break;
    if (isName(text)) rows.at(-1)?.cell.push(text);
    else if (isName(bare(body[at + 1]?.text ?? "")) && text.length < 100) rows.push({ line, name: text, cell: [] });
    else break;
  }
  return rows;
}
