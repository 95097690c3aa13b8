import type { Key } from "../inventory/keys.js";
import { DerivedMap, type Parts } from "./derived-map.js";

/** Where a map reads its entries: rows that are numbered from zero. */
export interface Rows<T> {
  readonly count: number;
  readonly keyAt: (row: number) => Key;
  /** Undefined for a key of no row. */
  readonly find: (key: Key) => number | undefined;
  /** Undefined for a row that is no entry. */
  readonly valueAt: (row: number) => T | undefined;
  /** The list of a row, where it can be made in parts. */
  readonly partsAt?: (row: number) => Parts<T> | undefined;
  /** Whether a row is an entry, where that is known without its value. */
  readonly isEntry?: (row: number) => boolean;
}

/** A map whose values are made of columns when they are read, in the order of rows: nothing is kept for an entry. */
export class ViewMap<T> extends DerivedMap<T> {
  #size: number | undefined;

  constructor(private readonly rows: Rows<T>) {
    super();
  }

  get(key: Key): T | undefined {
    const row = this.rows.find(key);
    return row === undefined ? undefined : this.rows.valueAt(row);
  }

  override parts(key: Key): Parts<T> | undefined {
    const row = this.rows.find(key);
    return row === undefined ? undefined : this.rows.partsAt?.(row);
  }

  override has(key: Key): boolean {
    const row = this.rows.find(key);
    return row !== undefined && this.#isEntry(row);
  }

  override *keys(): MapIterator<Key> {
    const { count, keyAt } = this.rows;
    for (let row = 0; row < count; row++) if (this.#isEntry(row)) yield keyAt(row);
  }

  get size(): number {
    this.#size ??= [...this.keys()].length;
    return this.#size;
  }

  *entries(): MapIterator<[Key, T]> {
    const { count, keyAt, valueAt } = this.rows;
    for (let row = 0; row < count; row++) {
      const value = valueAt(row);
      if (value !== undefined) yield [keyAt(row), value];
    }
  }

  #isEntry(row: number): boolean {
    const { isEntry, valueAt } = this.rows;
    return isEntry === undefined ? valueAt(row) !== undefined : isEntry(row);
  }
}
