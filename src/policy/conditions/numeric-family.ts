import type { OperatorFamily } from "./operator.js";

/** A decimal number without rounding: `digits` × 10^-`scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const DECIMAL = /^([+-]?)(\d{1,64})(?:\.(\d{1,64}))?$/;

export function readDecimal(text: string): Decimal | undefined {
  const found = DECIMAL.exec(text.trim());
  if (found === null) return undefined;
  const [, sign = "", whole = "", fraction = ""] = found;
  const digits = BigInt(whole + fraction);
  return { digits: sign === "-" ? -digits : digits, scale: fraction.length };
}

/** Negative, zero or positive as `left` is less than, equal to or greater than `right`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const scale = Math.max(left.scale, right.scale);
  const difference = raise(left, scale) - raise(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function raise(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

export const NUMERIC_FAMILY: OperatorFamily<Decimal> = {
  name: "NUMERIC",
  readPolicyValue: readDecimal,
  readRequestValue: readDecimal,
  positive: {
    NumericEquals: (limit, actual) => compareDecimals(actual, limit) === 0,
    NumericLessThan: (limit, actual) => compareDecimals(actual, limit) < 0,
    NumericLessThanEquals: (limit, actual) => compareDecimals(actual, limit) <= 0,
    NumericGreaterThan: (limit, actual) => compareDecimals(actual, limit) > 0,
    NumericGreaterThanEquals: (limit, actual) => compareDecimals(actual, limit) >= 0,
  },
  negated: { NumericNotEquals: "NumericEquals" },
  representatives: (tests) => {
    const limits = tests.flatMap(({ values }) => values.flatMap((value) => readDecimal(value) ?? []));
    const scale = Math.max(0, ...limits.map((limit) => limit.scale)) + 1;
    const points = limits.map((limit) => raise(limit, scale));
    const beside = points.flatMap((point) => [point - 1n, point, point + 1n]);
    return [...new Set(beside.length === 0 ? [0n] : beside)].map((digits) => writeDecimal(digits, scale));
  },
};

/** Limits are multiples of ten at this scale, so a step of one to either side lies between two of them. */
function writeDecimal(digits: bigint, scale: number): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
  return `${digits < 0n ? "-" : ""}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
