/**
 * Compares texts by the bytes of their UTF-8 form, as Postgres does under `COLLATE "C"`: negative when `a` comes first.
 * JavaScript's own order differs where a surrogate pair meets a character from U+E000 on.
 */
export function compareBytes(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Moves surrogates behind the rest of the basic plane, where UTF-8 has them. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** A sorted copy, by a key whose bytes decide. */
export function sortByKey<T>(rows: Iterable<T>, keyOf: (row: T) => string): readonly T[] {
  return [...rows]
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((a, b) => compareBytes(a.key, b.key))
    .map(({ row }) => row);
}
