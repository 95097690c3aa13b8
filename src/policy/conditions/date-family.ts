import type { OperatorFamily } from "./operator.js";

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):?(\d{2}))$/i;

/**
 * Reads an ISO 8601 date and time with `Z` or an offset, e.g. `2019-08-12T17:00:00+08:00`. A time without zone is no
 * instant, so it is not read.
 * @returns milliseconds since 1970-01-01T00:00:00Z, with fractions of a millisecond kept
 */
export function readInstant(text: string): number | undefined {
  const found = INSTANT.exec(text.trim());
  if (found === null) return undefined;
  const part = (index: number): number => Number(found[index] ?? "0");
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || part(9) > 23 || part(10) > 59) return undefined;
  const offset = (found[8] === "-" ? -1 : 1) * (part(9) * 60 + part(10));
  return Date.UTC(year, month - 1, day, hour, minute - offset, second) + Number(`0.${found[7] ?? "0"}`) * 1000;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export const DATE_FAMILY: OperatorFamily<number> = {
  name: "DATE",
  readPolicyValue: readInstant,
  readRequestValue: readInstant,
  positive: {
    DateEquals: (limit, actual) => actual === limit,
    DateLessThan: (limit, actual) => actual < limit,
    DateLessThanEquals: (limit, actual) => actual <= limit,
    DateGreaterThan: (limit, actual) => actual > limit,
    DateGreaterThanEquals: (limit, actual) => actual >= limit,
  },
  negated: { DateNotEquals: "DateEquals" },
  representatives: (tests) => {
    const limits = tests.flatMap(({ values }) => values.flatMap((value) => readInstant(value) ?? []));
    if (limits.length === 0) return ["1970-01-01T00:00:00.000Z"];
    if (!limits.every((limit) => Number.isInteger(limit) && Math.abs(limit) < LATEST)) return undefined;
    return limits.flatMap((limit) => [writeHalfAfter(limit - 1), writeInstant(limit), writeHalfAfter(limit)]);
  },
};

/** Years of four digits, with room to either side. */
const LATEST = Date.UTC(9999, 0);

function writeInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Half a millisecond later: between any two limits in whole milliseconds. */
function writeHalfAfter(milliseconds: number): string {
  return writeInstant(milliseconds).replace("Z", "5Z");
}
