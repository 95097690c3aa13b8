import { type JsonNode, type JsonObject, pointerStep } from "../../policy/json/json-node.js";

/** A value that does not have the form that it must have; caught where the reading of a file begins. */
export class Misfit extends Error {
  constructor(
    readonly problem: string,
    readonly pointer: string,
    readonly at: number,
  ) {
    super(problem);
  }
}

/** Turns one JSON value into a value of ours, or throws a `Misfit`. */
export type Read<T> = (node: JsonNode, pointer: string) => T;

export const readText: Read<string> = (node, pointer) =>
  node.type === "string" ? node.value : misfit(node, pointer, "must be a text");

export const readFlag: Read<boolean> = (node, pointer) =>
  node.type === "literal" && node.value !== null ? node.value : misfit(node, pointer, "must be `true` or `false`");

export const readCount: Read<number> = (node, pointer) =>
  node.type === "number" && /^\d{1,9}$/.test(node.raw)
    ? Number(node.raw)
    : misfit(node, pointer, "must be a whole number");

export function readOneOf<T extends string>(words: readonly T[]): Read<T> {
  return (node, pointer) =>
    words.find((word) => node.type === "string" && node.value === word) ??
    misfit(node, pointer, `must be one of ${words.map((word) => `\`${word}\``).join(", ")}`);
}

export function readMatching(form: RegExp, what: string): Read<string> {
  return (node, pointer) =>
    node.type === "string" && form.test(node.value) ? node.value : misfit(node, pointer, `must be ${what}`);
}

export function readList<T>(readItem: Read<T>): Read<readonly T[]> {
  return (node, pointer) =>
    node.type === "array"
      ? node.items.map((item, index) => readItem(item, pointerStep(pointer, index)))
      : misfit(node, pointer, "must be a list");
}

/** The members of an object of which all keys are known. */
export interface Fields {
  readonly must: <T>(key: string, read: Read<T>) => T;
  readonly may: <T>(key: string, read: Read<T>) => T | undefined;
}

/** Opens an object; a key outside of `keys` is a misfit, so that a slip of the pen never drops a fact. */
export function readFields(node: JsonNode, pointer: string, keys: readonly string[]): Fields {
  if (node.type !== "object") return misfit(node, pointer, "must be an object");
  const stray = node.members.find(({ key }) => !keys.includes(key));
  if (stray !== undefined) return misfit(stray.value, pointerStep(pointer, stray.key), `unknown key \`${stray.key}\``);
  const may = <T>(key: string, read: Read<T>): T | undefined => {
    const value = valueAt(node, key);
    return value === undefined ? undefined : read(value, pointerStep(pointer, key));
  };
  const must = <T>(key: string, read: Read<T>): T =>
    may(key, read) ?? misfit(node, pointer, `key \`${key}\` is missing`);
  return { must, may };
}

function valueAt(node: JsonObject, key: string): JsonNode | undefined {
  return node.members.find((member) => member.key === key)?.value;
}

function misfit(node: JsonNode, pointer: string, problem: string): never {
  throw new Misfit(problem, pointer, node.at);
}

/** Leaves out what is undefined: an absent fact has no key. */
export function present<T extends object>(fields: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
