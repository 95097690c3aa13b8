import type { OperatorFamily } from "./operator.js";

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):?(\d{2}))$/i;

/**
 * Reads an ISO 8601 date and time with `Z` or an offset, e.g. `2019-08-12T17:00:00+08:00`. A time without zone is no
 * instant, so it is not read.
 * @returns nanoseconds since 1970-01-01T00:00:00Z; a float of milliseconds would make neighbours equal
 */
export function readInstant(text: string): bigint | undefined {
  const found = INSTANT.exec(text.trim());
  if (found === null) return undefined;
  const part = (index: number): number => Number(found[index] ?? "0");
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || part(9) > 23 || part(10) > 59) return undefined;
  const offset = (found[8] === "-" ? -1 : 1) * (part(9) * 60 + part(10));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute - offset, second);
  return BigInt(date.getTime()) * 1_000_000n + BigInt((found[7] ?? "").padEnd(9, "0"));
}

/** `Date.UTC` would read the years 0 to 99 as 1900 to 1999. */
function daysIn(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

export const DATE_FAMILY: OperatorFamily<bigint> = {
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
    if (limits.some((limit) => limit < EARLIEST || limit > LATEST)) return undefined;
    const points = new Set([0n, ...limits.flatMap((limit) => [limit - 1n, limit, limit + 1n])]);
    return [...points].map(writeInstant);
  },
};

/** Years of four digits can be written with room to either side: 0000-01-02 to 9999-12-30. */
const [EARLIEST, LATEST] = [-62_167_132_800_000_000_000n, 253_402_128_000_000_000_000n];

function writeInstant(nanoseconds: bigint): string {
  const fraction = ((nanoseconds % NANOS_PER_SECOND) + NANOS_PER_SECOND) % NANOS_PER_SECOND;
  const seconds = new Date(Number((nanoseconds - fraction) / 1_000_000n)).toISOString().slice(0, 19);
  return `${seconds}.${fraction.toString().padStart(9, "0")}Z`;
}

const NANOS_PER_SECOND = 1_000_000_000n;
