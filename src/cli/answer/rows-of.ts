/** Something that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** An answer as a table: every row has text for every column that it knows. */
export interface Rows {
  /** Where in the answer the rows are, e.g. `whoCan` or `role.permissions`. */
  readonly place: string;
  readonly columns: readonly string[];
  readonly rows: readonly ReadonlyMap<string, string>[];
  /** Other lists of the answer that are not shown. */
  readonly others: readonly string[];
}

/**
 * Makes a table of an answer: of the connection or list that it holds, else of the answer itself in one row. What stands on
 * the way to a list is repeated in every row, objects become columns with dots, and lists within a row one text.
 *
 * @param field path of the list to show, e.g. `role.permissions`; left out, the first connection, else the first list
 * @returns undefined when there is no such field
 */
export function rowsOf(data: JsonObject, field?: string): Rows | undefined {
  const lists = listsIn(data, []);
  const connections = lists.filter(({ isConnection }) => isConnection);
  const chosen = field === undefined ? (connections[0] ?? lists[0]) : lists.find(({ place }) => place === field);
  if (field !== undefined && chosen === undefined) return undefined;
  const items = chosen?.items ?? [data];
  const around = chosen === undefined ? new Map<string, string>() : scalarsAround(data, chosen.place.split("."));
  const rows = items.map((item) => new Map([...around, ...cellsOf(item)]));
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const others = lists.map(({ place }) => place).filter((place) => place !== chosen?.place);
  return { place: chosen?.place ?? "", columns, rows, others };
}

interface FoundList {
  readonly place: string;
  readonly items: readonly Json[];
  readonly isConnection: boolean;
}

/** Lists outside of other lists, in the order of the answer. */
function listsIn(value: Json, path: readonly string[]): readonly FoundList[] {
  const place = path.join(".");
  if (isList(value)) return path.length === 0 ? [] : [{ place, items: value, isConnection: false }];
  if (!isObject(value)) return [];
  const { edges, nodes } = value;
  const items = [edges, nodes].find(isList);
  if (items !== undefined) return [{ place, items, isConnection: true }];
  return Object.entries(value).flatMap(([key, part]) => listsIn(part, [...path, key]));
}

/** Texts and numbers of the objects that enclose a list, so that no row loses what it belongs to. */
function scalarsAround(data: JsonObject, [key = "", ...rest]: readonly string[]): ReadonlyMap<string, string> {
  const inner = data[key];
  if (rest.length === 0 || !isObject(inner)) return new Map();
  const own = Object.entries(inner).flatMap(([name, value]) =>
    typeof value === "object" ? [] : [[`${key}.${name}`, String(value)] as const],
  );
  return new Map([...own, ...scalarsAround(inner, rest)]);
}

function cellsOf(item: Json, prefix = ""): readonly (readonly [string, string])[] {
  if (!isObject(item)) return [[prefix === "" ? "value" : prefix, textOf(item)]];
  return Object.entries(item).flatMap(([key, value]) => {
    if (key === "cursor" || key === "__typename") return [];
    // The node of an edge is what the row is about.
    const name = key === "node" ? prefix : prefix === "" ? key : `${prefix}.${key}`;
    return isObject(value) && !isConnection(value) ? cellsOf(value, name) : [[name, textOf(value)] as const];
  });
}

function textOf(value: Json): string {
  if (value === null) return "";
  if (typeof value !== "object") return String(value);
  if (isList(value)) return value.map(textOf).join("; ");
  const items = [value.edges, value.nodes].find(isList);
  if (items !== undefined) return textOf(items);
  const cells = cellsOf(value);
  return cells.length === 1 ? (cells[0]?.[1] ?? "") : cells.map(([name, text]) => `${name} ${text}`).join(", ");
}

function isConnection(value: JsonObject): boolean {
  return isList(value.edges) || isList(value.nodes);
}

/** Tells a list from objects and single values. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Tells an object from lists and single values. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}
