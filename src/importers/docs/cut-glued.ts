import { isServicePrincipal } from "./policy-blocks.js";
import { policyNameOf } from "./role-names.js";
import type { Column } from "./table-words.js";

/** What a page says outside of its glued tables: the only ground for saying where one cell ends. */
export interface PageWords {
  /** Role names that stand free, longest first. */
  readonly roles: readonly string[];
  /** True for a token that the page uses as a word of its own, such as `PrivateLink`. */
  readonly isWord: (token: string) => boolean;
  /** True for a label (`ApsaraMQ for Kafka`, `VPC`) that the page uses by itself. */
  readonly isLabel: (text: string) => boolean;
}

/** Parts a row whose cells were run together. Undefined when the page does not make every cut certain. */
export function cutGluedRow(row: string, columns: readonly Column[], words: PageWords): string[] | undefined {
  const cells: string[] = [];
  let rest = row;
  while (cells.length < columns.length - 1) {
    const column = columns[cells.length];
    const length = column === undefined ? undefined : keyLength(rest, column, cells, columns, words);
    if (length === undefined) {
      const texts = cutTexts(rest, columns.length - cells.length - 1, words);
      return texts === undefined ? undefined : [...cells, ...texts];
    }
    if (length === 0) return undefined;
    cells.push(rest.slice(0, length).trim());
    rest = rest.slice(length);
  }
  return [...cells, rest.trim()];
}

/** Length of a cell that holds a name; 0 when the name cannot be told, undefined when the column holds free text. */
function keyLength(
  rest: string,
  column: Column,
  cells: readonly string[],
  columns: readonly Column[],
  words: PageWords,
): number | undefined {
  if (column === "role") return roleLength(rest, columns[cells.length + 1], words);
  if (column === "policy") return policyLength(rest, cells[0]);
  if (column === "service") return labelLength(rest, words);
  return undefined;
}

function roleLength(rest: string, next: Column | undefined, words: PageWords): number {
  const policyAt = rest.indexOf("AliyunServiceRolePolicyFor");
  if (next === "policy" && policyAt > 0) return policyAt;
  const name = words.roles.find((role) => rest.startsWith(role) && fits(rest.slice(role.length), next));
  return name?.length ?? 0;
}

function fits(rest: string, next: Column | undefined): boolean {
  return next === "serviceName" ? isServicePrincipal(rest.trim()) : /^[^a-z0-9_\s]/.test(rest);
}

/** A role's policy bears the role's name; a system policy ends in `Access`. */
function policyLength(rest: string, first: string | undefined): number {
  const expected = first === undefined ? undefined : policyNameOf(first);
  if (expected !== undefined && rest.startsWith(expected)) return expected.length;
  const token = /^[A-Za-z0-9]+/.exec(rest)?.[0] ?? "";
  const ends = [...token.matchAll(/Access(?=[A-Z])/g)];
  return ends.length === 1 ? (ends[0]?.index ?? 0) + "Access".length : 0;
}

const LONGEST_LABEL = 80;

function labelLength(rest: string, words: PageWords): number {
  const lengths: number[] = [];
  for (let at = 2; at < Math.min(rest.length, LONGEST_LABEL); at++) {
    const isBoundary = /[A-Z]/.test(rest[at] ?? "") && /[A-Za-z0-9)]/.test(rest[at - 1] ?? "");
    if (isBoundary && words.isLabel(rest.slice(0, at))) lengths.push(at);
  }
  return lengths.length === 1 ? (lengths[0] ?? 0) : 0;
}

/** Cuts free text where a capital follows without a blank: behind a full stop first of all, else between two words. */
function cutTexts(text: string, cuts: number, words: PageWords): string[] | undefined {
  const stops = boundaries(text, /[.!?。；](?=[A-Z\u4e00-\u9fff])/g);
  const places = stops.length === cuts ? stops : wordBoundaries(text, words);
  if (places.length !== cuts) return undefined;
  return [0, ...places].map((from, index) => text.slice(from, places[index]).trim());
}

function boundaries(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map((match) => match.index + match[0].length);
}

function wordBoundaries(text: string, words: PageWords): number[] {
  return boundaries(text, /[a-z0-9)](?=[A-Z])|[.!?。；](?=[A-Z\u4e00-\u9fff])/g).filter((at) => {
    const head = /[A-Za-z0-9]*$/.exec(text.slice(Math.max(0, at - 40), at))?.[0] ?? "";
    const tail = /^[A-Za-z0-9]*/.exec(text.slice(at, at + 40))?.[0] ?? "";
    return head.length !== 1 && !words.isWord(head + tail);
  });
}
