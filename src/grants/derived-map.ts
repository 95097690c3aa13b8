import type { Key } from "../inventory/keys.js";

/** A list of which a part can be had: an array, or rows that are made when they are asked for. */
export interface Parts<List> {
  readonly length: number;
  /** The rows from one index to before another, as of an array. */
  readonly slice: (start: number, end: number) => List;
}

/** A map of which only look-up and the entries are its own. */
export abstract class DerivedMap<T> implements ReadonlyMap<Key, T> {
  abstract get(key: Key): T | undefined;
  abstract get size(): number;
  abstract entries(): MapIterator<[Key, T]>;

  /** The list under a key without its rows; undefined where there is none, or none that is made in parts: then `get` has it. */
  parts(_key: Key): Parts<T> | undefined {
    return undefined;
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  *keys(): MapIterator<Key> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<T> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[Key, T]> {
    return this.entries();
  }

  forEach(visit: (value: T, key: Key, map: ReadonlyMap<Key, T>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }
}

export function isDerived<T>(map: ReadonlyMap<Key, T>): map is DerivedMap<T> {
  return map instanceof DerivedMap;
}
