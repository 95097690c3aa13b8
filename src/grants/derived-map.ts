import type { Key } from "../inventory/keys.js";

/** A map of which only look-up and the entries are its own. */
export abstract class DerivedMap<T> implements ReadonlyMap<Key, T> {
  abstract get(key: Key): T | undefined;
  abstract get size(): number;
  abstract entries(): MapIterator<[Key, T]>;

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
