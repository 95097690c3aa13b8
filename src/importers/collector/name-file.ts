import type { CallName } from "./calls.js";

/** What the name of a response's file says beside the operation. */
export interface FileArguments {
  /** What the response does not repeat, or what keeps files apart: names, ids, a region. */
  readonly names?: readonly string[];
  /** Number of the page, from 1; left out where the operation has no pages. */
  readonly page?: number | undefined;
}

/** File systems take 255 bytes. */
const LIMIT = 240;

/**
 * `<product>.<Operation>[.<name>…][.<page>].json`; undefined for names that no file can bear. Such names are no names of
 * RAM either, and a name from a response must never lead out of the folder.
 */
export function nameFile(call: CallName, { names = [], page }: FileArguments): string | undefined {
  if (!names.every(isPlain)) return undefined;
  const parts = [call, ...names.map(escapeDots), ...(page === undefined ? [] : [String(page)])];
  const name = `${parts.join(".")}.json`;
  return Buffer.byteLength(name) > LIMIT ? undefined : name;
}

function isPlain(name: string): boolean {
  return /^[\p{L}\p{N}._@-]+$/u.test(name);
}

function escapeDots(name: string): string {
  return name.replaceAll(".", "%2E");
}
