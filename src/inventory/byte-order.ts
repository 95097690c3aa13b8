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

/** Where no text has one of these, JavaScript's own order, which is faster, is that of bytes. */
const OUT_OF_ORDER = /[\ud800-\uffff]/;

/** A sorted copy, by a key whose bytes decide. */
export function sortByKey<T>(rows: Iterable<T>, keyOf: (row: T) => string): readonly T[] {
  const keyed = Array.from(rows, (row) => ({ row, key: keyOf(row) }));
  const compare = keyed.some(({ key }) => OUT_OF_ORDER.test(key)) ? compareBytes : compareUnits;
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ row }) => row);
}

function compareUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
