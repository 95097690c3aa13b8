import type { Key } from "../inventory/keys.js";
import { isDerived, type Parts } from "./derived-map.js";

/** The list under a key, of which only the part that is asked for is made where the map can do that; empty where there is none. */
export function partsOf<T>(lists: ReadonlyMap<Key, readonly T[]>, key: Key): Parts<readonly T[]> {
  return (isDerived(lists) ? lists.parts(key) : undefined) ?? lists.get(key) ?? [];
}
