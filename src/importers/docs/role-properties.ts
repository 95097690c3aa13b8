import { withoutReferences } from "./clean-text.js";
import { isNoteMark } from "./page-lines.js";
import type { PageParts } from "./page-parts.js";
import type { Table } from "./page-tables.js";
import { isServicePrincipal } from "./policy-blocks.js";
import { roleMentions } from "./role-names.js";
import type { RoleOutline } from "./role-outline.js";
import { type Column, columnNamed } from "./table-words.js";

/** One thing that a table row or a `label: value` line says of a role. */
export interface RoleProperty {
  readonly role: string;
  readonly column: Column;
  readonly value: string;
}

/** What tables and labelled lines say of roles, in the order of the page. */
export function readRoleProperties(parts: PageParts, outline: RoleOutline): RoleProperty[] {
  return [...parts.tables.flatMap((table) => tableProperties(table, outline)), ...labelledLines(parts, outline)];
}

function tableProperties(table: Table, outline: RoleOutline): RoleProperty[] {
  if (table.columns.includes("role")) return table.rows.flatMap(({ cells }) => rowProperties(table.columns, cells));
  const role = outline.roleAt(table.line.start);
  if (role === undefined) return [];
  return table.rows.flatMap(({ cells }) => {
    const column = cells.length === 2 ? columnNamed(cells[0] ?? "") : undefined;
    return column === undefined || cells[1] === undefined ? [] : [{ role, column, value: cells[1] }];
  });
}

/** Names are found by their form, since cells that span rows are lost; other cells count only in a full row. */
function rowProperties(columns: Table["columns"], cells: readonly string[]): RoleProperty[] {
  const roleCell = cells.find((cell) => cell.startsWith("AliyunServiceRoleFor"));
  const role = roleMentions(roleCell ?? "")[0]?.role;
  if (role === undefined) return [];
  const properties: RoleProperty[] = [{ role, column: "role", value: role }];
  for (const [index, cell] of cells.entries()) {
    const column = isServicePrincipal(cell)
      ? "serviceName"
      : cells.length === columns.length
        ? columns[index]
        : undefined;
    const isName = column === "serviceName" && !isServicePrincipal(cell);
    if (column !== undefined && column !== "role" && cell !== "" && !isName)
      properties.push({ role, column, value: cell });
  }
  return properties;
}

const LABELLED = /^(?:[-•*]\s+)?([^:：]{2,60}?)\s*[:：]\s*(\S.*)$/;

/** True for a line that gives the value of a property, such as `Role name: X`. */
export function isLabelledLine(text: string): boolean {
  const label = LABELLED.exec(text)?.[1];
  return label !== undefined && !isNoteMark(label) && columnNamed(label) !== undefined;
}

function labelledLines(parts: PageParts, outline: RoleOutline): RoleProperty[] {
  return parts.prose.flatMap((line) => {
    const [, label, value] = LABELLED.exec(line.text) ?? [];
    const subject = roleMentions(label ?? "")[0]?.role;
    const column =
      label === undefined || isNoteMark(label) ? undefined : subject === label ? "purpose" : columnNamed(label);
    const role = outline.roleAt(line.start);
    return column === undefined || role === undefined || value === undefined
      ? []
      : [{ role, column, value: firstWords(value, column) }];
  });
}

function firstWords(value: string, column: Column): string {
  return column === "serviceName" || column === "policy"
    ? (/[\w.-]*\w/.exec(value)?.[0] ?? value)
    : withoutReferences(value);
}
