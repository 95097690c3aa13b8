import { DerivedMap, isDerived, type Parts } from "../../src/grants/derived-map.js";

/** Looks through to a map, and counts what is looked at. */
export class CountedMap<T> extends DerivedMap<T> {
  constructor(
    private readonly below: ReadonlyMap<string, T>,
    private readonly count: (rows: number) => void,
  ) {
    super();
  }

  get(key: string): T | undefined {
    const value = this.below.get(key);
    this.count(Array.isArray(value) ? value.length : 1);
    return value;
  }

  override parts(key: string): Parts<T> | undefined {
    const parts = isDerived(this.below) ? this.below.parts(key) : undefined;
    if (parts === undefined) return undefined;
    const slice = (start: number, end: number): T => {
      this.count(Math.min(end, parts.length) - start);
      return parts.slice(start, end);
    };
    return { length: parts.length, slice };
  }

  override has(key: string): boolean {
    this.count(1);
    return this.below.has(key);
  }

  override *keys(): MapIterator<string> {
    for (const key of this.below.keys()) {
      this.count(1);
      yield key;
    }
  }

  get size(): number {
    return this.below.size;
  }

  *entries(): MapIterator<[string, T]> {
    for (const key of this.keys()) {
      const value = this.get(key);
      if (value !== undefined) yield [key, value];
    }
  }
}
