import type { Changed } from "../inventory/inventory-change.js";
import type { Key } from "../inventory/keys.js";

/** What came or is otherwise, and what went: rows that ended and began anew are still there. */
export function changedBy<T>(begun: readonly T[], ended: readonly T[], keyOf: (row: T) => Key): Changed<T> {
  const keys = new Set(begun.map(keyOf));
  return { put: begun, gone: ended.filter((row) => !keys.has(keyOf(row))) };
}
