const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000 };

/** What a span of time looks like, for refusals. */
export const spanForm = "must be a whole number and ms or s, from 1ms to 600s, such as 10s";

/**
 * Reads how long something may take.
 *
 * @param text e.g. `10s` or `500ms`
 * @returns milliseconds, 1 to 600,000; undefined for anything else
 */
export function readSpan(text: string): number | undefined {
  const [, count, unit = ""] = /^(\d{1,6})(ms|s)$/.exec(text) ?? [];
  const span = Number(count) * (MILLISECONDS[unit] ?? Number.NaN);
  return span >= 1 && span <= 600_000 ? span : undefined;
}
