import type { CatalogBatch, CatalogFacts } from "./batch.js";
import { compareBytes } from "./byte-order.js";
import type { Source } from "./source.js";

/** A fact together with the page that states it. */
export interface Stated<T> {
  readonly source: Source;
  readonly fact: T;
}

/**
 * One batch for each source, the strongest first: pages by the day they were last changed, newest first; pages of one
 * day, and pages without a day behind all others, by their keys, a page before a file of the shipped catalog. This order alone decides between pages that disagree,
 * so the order of imports cannot.
 */
export function orderByPrecedence(batches: readonly CatalogBatch[]): readonly CatalogBatch[] {
  const ordered = [...batches].sort((a, b) => comparePrecedence(a.source, b.source));
  const seen = new Set<string>();
  return ordered.filter(({ source }) => !seen.has(source.key) && seen.add(source.key));
}

/** Negative when `a` prevails over `b`. */
export function comparePrecedence(a: Source, b: Source): number {
  return (
    lastChange(b) - lastChange(a) ||
    Number(a.pageSha256 !== undefined) - Number(b.pageSha256 !== undefined) ||
    compareBytes(a.key, b.key) ||
    compareBytes(a.sha256, b.sha256)
  );
}

const ISO_8601 = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** Milliseconds; texts of another form, which `Date.parse` would read by the machine's own zone, count as no date. */
function lastChange(source: Source): number {
  const text = source.updatedAt ?? "";
  const instant = ISO_8601.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? -8.64e15 : instant;
}

/** All facts of one kind in the order of the batches. */
export function statedBy<T>(
  batches: readonly CatalogBatch[],
  pick: (facts: CatalogFacts) => readonly T[],
): readonly Stated<T>[] {
  return batches.flatMap(({ source, facts }) => pick(facts).map((fact) => ({ source, fact })));
}
