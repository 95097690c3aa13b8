import type { PageLine } from "./page.js";

/** One row of an authorization table, its cells as lines of words; what a page leaves out of a row is absent. */
export interface AuthorizationRow {
  readonly line: PageLine;
  /** Lines of the cell that names the action. */
  readonly actions: readonly string[];
  /** Lines of the cell that names the API operation; on a page about one operation, that one. */
  readonly operations: readonly string[];
  /** Absent where the table has no such column; empty where the cell is. */
  readonly level?: string;
  /** Labels and names of resources, label first; undefined where the cell is missing. */
  readonly resource: readonly string[] | undefined;
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
  /** What of the row could not be told for certain, in words. */
  readonly doubts: readonly string[];
}

/** `service:Name`, as one row names one action: no wildcard. */
export const ACTION = /^[a-z][a-z0-9-]*:[A-Za-z0-9]+$/;
/** An API operation, or an action that lost its service. */
export const NAME = /^[A-Za-z][A-Za-z0-9]*$/;
export const NOTHING = /^(?:none|n\/a|无|-|--|—)$/i;
export const LEVEL = /^(?:create|get|list|update|delete|none|read|write|读取?|写入?|列出)$/i;
/** `acs:SourceIp`, `ecs:tag/<tag-key>`: never as long as the name of a resource. */
export const CONDITION_KEY = /^[a-z][a-z0-9-]*:[A-Za-z][^\s:]{0,120}(?::[^\s:]{1,60})?$/;

/** A cell's lines without the signs of lists, and without words that say there is nothing. */
export function linesOf(cell: string): string[] {
  return cell
    .split("\n")
    .map(bare)
    .filter((line) => line !== "" && !NOTHING.test(line));
}

export const bare = (text: string): string => text.replace(/^[-•]\s+/, "").trim();

/** Keeps what has the form of a cell's contents; the rest is a doubt. */
export function fitting(
  lines: readonly string[],
  form: RegExp,
  what: string,
): { readonly kept: readonly string[]; readonly doubts: readonly string[] } {
  const kept = lines.filter((line) => form.test(line));
  const odd = lines.filter((line) => !form.test(line));
  return { kept, doubts: odd.map((line) => `\`${line.slice(0, 80)}\` is no ${what}`) };
}
