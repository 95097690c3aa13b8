import type { Parts } from "../../grants/derived-map.js";
import { changedKeys } from "../../grants/overlay-map.js";
import { partsOf } from "../../grants/parts-of.js";
import type { Steps } from "../../grants/steps.js";
import type { Key } from "../../inventory/keys.js";

type IsSame<T> = (a: T, b: T) => boolean;

/** How many keys or rows are looked at before others get their turn. */
const STEP = 1_000;

/** Keys under which two maps hold something else. Values that are shared are not looked into. Yields now and then. */
export function* differingKeys<T>(
  base: ReadonlyMap<Key, T>,
  head: ReadonlyMap<Key, T>,
  isSame: IsSame<T>,
): Steps<readonly Key[]> {
  const keys: Key[] = [];
  for (const key of keysThatMayDiffer(base, head)) {
    if (key === undefined) {
      yield undefined;
      continue;
    }
    const [one, other] = [base.get(key), head.get(key)];
    if (other !== one && (one === undefined || other === undefined || !isSame(one, other))) keys.push(key);
  }
  return keys;
}

/**
 * Keys under which two maps hold other lists, or the same rows in another order. Yields now and then, also within a list: it may
 * have a hundred thousand rows.
 */
export function* differingLists<T>(
  base: ReadonlyMap<Key, readonly T[]>,
  head: ReadonlyMap<Key, readonly T[]>,
  isSame: IsSame<T>,
): Steps<readonly Key[]> {
  const keys: Key[] = [];
  let rows = 0;
  for (const key of keysThatMayDiffer(base, head)) {
    if (key === undefined || rows >= STEP) {
      rows = 0;
      yield undefined;
    }
    if (key === undefined) continue;
    const [one, other] = [partsOf(base, key), partsOf(head, key)];
    rows += one.length;
    if (one.length !== other.length || !(yield* haveSameRows(one, other, isSame))) keys.push(key);
  }
  return keys;
}

/** Of two lists of one length. */
function* haveSameRows<T>(one: Parts<readonly T[]>, other: Parts<readonly T[]>, isSame: IsSame<T>): Steps<boolean> {
  if (one === other) return true;
  for (let at = 0; at < one.length; at += STEP) {
    if (at > 0) yield undefined;
    const rows = other.slice(at, at + STEP);
    const differs = (row: T, place: number) => {
      const same = rows[place];
      return same === undefined || !isSame(row, same);
    };
    if (one.slice(at, at + STEP).some(differs)) return false;
  }
  return true;
}

/** All keys, but for what two maps share where that is known; undefined now and then, for others to get their turn. */
function* keysThatMayDiffer<T>(
  base: ReadonlyMap<Key, T>,
  head: ReadonlyMap<Key, T>,
): Generator<Key | undefined, void, undefined> {
  if (base === head) return;
  const changed = changedKeys(base, head);
  let seen = 0;
  for (const key of changed ?? base.keys()) {
    if (++seen % STEP === 0) yield undefined;
    yield key;
  }
  for (const key of changed === undefined ? head.keys() : []) {
    if (++seen % STEP === 0) yield undefined;
    if (!base.has(key)) yield key;
  }
}
