import type { Parts } from "../../grants/derived-map.js";

/** Rows of an answer in their order: how many is known, and they are made when they are asked for. */
export interface LateRows<Row> extends Iterable<Row> {
  readonly length: number;
  /** The rows from one index to before another, as of an array. */
  readonly slice: (start?: number, end?: number) => readonly Row[];
}

/** Makes the row of each of some numbers when it is asked for. */
export function lateRows<Row>(numbers: Parts<readonly number[]>, toRow: (number: number) => Row): LateRows<Row> {
  const { length } = numbers;
  const slice = (start = 0, end = length) =>
    numbers.slice(Math.max(0, start), Math.min(end, length)).map((number) => toRow(number));
  return { length, slice, [Symbol.iterator]: () => slice()[Symbol.iterator]() };
}
