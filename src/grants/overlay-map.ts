import { compareBytes } from "../inventory/byte-order.js";
import type { Changed } from "../inventory/inventory-change.js";
import type { Key } from "../inventory/keys.js";
import { DerivedMap, isDerived, type Parts } from "./derived-map.js";

/** What lies over a map: entries that are new or replaced, keys that are gone, and a change of every other value. */
export interface Overlay<T> {
  readonly put?: ReadonlyMap<Key, T>;
  readonly gone?: ReadonlySet<Key>;
  /** The value as it is now, worked out when it is read. Not asked for what was put. */
  readonly view?: View<T>;
}

/** A change of values, which joins with a later one to a single one: a map is changed for months. */
export interface View<T> {
  /** Undefined takes the entry out. */
  readonly see: (value: T) => T | undefined;
  readonly andThen: (later: View<T>) => View<T>;
}

/** When this share of a map was changed, a copy costs less than looking twice. */
const COPIED_FROM = 1 / 4;
const MIN_COPIED = 1024;

/**
 * A map with changes, as a value of its own: the map below is shared and not copied, so it costs what the changes cost.
 * Entries come in the order of the map below, new ones where the byte order of keys puts them.
 */
export function overlay<T>(below: ReadonlyMap<Key, T>, changes: Overlay<T>): ReadonlyMap<Key, T> {
  const { put = new Map<Key, T>(), gone = new Set<Key>(), view } = changes;
  if (put.size === 0 && gone.size === 0 && view === undefined) return below;
  const above = below instanceof OverlayMap ? below.under({ put, gone, ...(view && { view }) }) : undefined;
  const map = above ?? new OverlayMap<T>(below, put, gone, view);
  const changed = map.put.size + map.gone.size;
  return changed > MIN_COPIED && changed > below.size * COPIED_FROM ? new Map(map) : map;
}

/** Changed facts as they lie over a map of what is made of them. */
export function overlayOf<Row, T>(
  changed: Changed<Row> | undefined,
  keyOf: (row: Row) => Key,
  make: (row: Row) => T,
): Overlay<T> {
  return { put: new Map((changed?.put ?? []).map((row) => [keyOf(row), make(row)])), gone: goneKeys(changed, keyOf) };
}

export function putKeys<Row>(changed: Changed<Row> | undefined, keyOf: (row: Row) => Key): ReadonlySet<Key> {
  return new Set((changed?.put ?? []).map(keyOf));
}

export function goneKeys<Row>(changed: Changed<Row> | undefined, keyOf: (row: Row) => Key): ReadonlySet<Key> {
  return new Set((changed?.gone ?? []).map(keyOf));
}

/**
 * Keys under which two maps may hold something else, where that is known without a look at every entry: one was made from
 * the other, or both from a third. May name too many, never misses one.
 */
export function changedKeys<T>(one: ReadonlyMap<Key, T>, other: ReadonlyMap<Key, T>): ReadonlySet<Key> | undefined {
  const [a, b] = [layerOf(one), layerOf(other)];
  if (a.below !== b.below || a.isViewed || b.isViewed) return undefined;
  return new Set([...a.changed, ...b.changed]);
}

function layerOf<T>(map: ReadonlyMap<Key, T>) {
  if (!(map instanceof OverlayMap)) return { below: map, changed: [], isViewed: false };
  return { below: map.below, changed: [...map.put.keys(), ...map.gone], isViewed: map.view !== undefined };
}

/** One layer over a plain map, however often it was changed. */
class OverlayMap<T> extends DerivedMap<T> {
  constructor(
    readonly below: ReadonlyMap<Key, T>,
    readonly put: ReadonlyMap<Key, T>,
    readonly gone: ReadonlySet<Key>,
    readonly view: View<T> | undefined,
  ) {
    super();
  }

  /** The same map below, with more over it. */
  under({ put, gone, view }: Overlay<T> & Pick<Required<Overlay<T>>, "put" | "gone">): OverlayMap<T> {
    const kept = new Map<Key, T>();
    const left = new Set([...this.gone, ...gone]);
    for (const [key, value] of this.put) {
      const seen = gone.has(key) ? undefined : view === undefined ? value : view.see(value);
      if (seen === undefined) left.add(key);
      else kept.set(key, seen);
    }
    for (const [key, value] of put) {
      kept.set(key, value);
      left.delete(key);
    }
    return new OverlayMap(this.below, kept, left, joined(this.view, view));
  }

  get(key: Key): T | undefined {
    const own = this.put.get(key);
    if (own !== undefined) return own;
    const value = this.gone.has(key) ? undefined : this.below.get(key);
    return value === undefined || this.view === undefined ? value : this.view.see(value);
  }

  override parts(key: Key): Parts<T> | undefined {
    const isOther = this.view !== undefined || this.put.has(key) || this.gone.has(key);
    return isOther || !isDerived(this.below) ? undefined : this.below.parts(key);
  }

  override has(key: Key): boolean {
    if (this.view !== undefined) return this.get(key) !== undefined;
    return this.put.has(key) || (!this.gone.has(key) && this.below.has(key));
  }

  get size(): number {
    if (this.view !== undefined) return [...this.keys()].length;
    const [gone, added] = [[...this.gone].filter((key) => this.below.has(key)), this.#added()];
    return this.below.size - gone.length + added.length;
  }

  override *keys(): MapIterator<Key> {
    for (const key of this.#places()) if (this.has(key)) yield key;
  }

  *entries(): MapIterator<[Key, T]> {
    for (const key of this.#places()) {
      const value = this.get(key);
      if (value !== undefined) yield [key, value];
    }
  }

  /** Keys of the map below with the new ones among them; some may be gone. */
  *#places(): MapIterator<Key> {
    const added = this.#added();
    let next = 0;
    for (const key of this.below.keys()) {
      for (let one = added[next]; one !== undefined && compareBytes(one[0], key) < 0; one = added[++next]) yield one[0];
      yield key;
    }
    for (const [key] of added.slice(next)) yield key;
  }

  #added(): readonly [Key, T][] {
    return [...this.put].filter(([key]) => !this.below.has(key)).sort(([a], [b]) => compareBytes(a, b));
  }
}

function joined<T>(first: View<T> | undefined, second: View<T> | undefined): View<T> | undefined {
  return first === undefined || second === undefined ? (first ?? second) : first.andThen(second);
}
