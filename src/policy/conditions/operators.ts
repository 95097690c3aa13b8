import { BOOLEAN_FAMILY } from "./boolean-family.js";
import type { SetQualifier } from "./condition-test.js";
import { DATE_FAMILY } from "./date-family.js";
import { IP_FAMILY } from "./ip-family.js";
import { NUMERIC_FAMILY } from "./numeric-family.js";
import type { OperatorFamily } from "./operator.js";
import { STRING_FAMILY } from "./string-family.js";

/** A documented operator, bound to its family. Names are compared exactly. */
export interface Operator {
  readonly name: string;
  /** Name of the positive operator that it is, or is the complement of. */
  readonly positiveName: string;
  readonly isNegated: boolean;
  readonly allowsSetQualifier: boolean;
  /** Request values that stand for all others under some tests of this operator's family. */
  readonly family: Pick<OperatorFamily<never>, "name" | "representatives">;
  readonly bind: (policyValues: readonly string[]) => BoundOperator | { readonly unreadable: string };
}

/** Tests request values against the policy's values with the positive operator. */
export interface BoundOperator {
  /** How many of the request values match some policy value; undefined when one cannot be read. */
  readonly countMatches: (requestValues: readonly string[]) => number | undefined;
}

/** All 21 operators of the documentation (6 string, 6 numeric, 6 date, 1 boolean, 2 IP). */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  [
    ...operatorsOf(STRING_FAMILY),
    ...operatorsOf(NUMERIC_FAMILY),
    ...operatorsOf(DATE_FAMILY),
    ...operatorsOf(BOOLEAN_FAMILY),
    ...operatorsOf(IP_FAMILY),
  ].map((operator) => [operator.name, operator]),
);

/**
 * Splits `ForAnyValue:StringLike` into prefix and operator. The prefixes stand in no page, but in an official module,
 * over string operators.
 */
export function splitOperatorName(text: string): { readonly qualifier?: SetQualifier; readonly name: string } {
  const found = /^(ForAllValues|ForAnyValue):(.*)$/s.exec(text);
  if (found === null) return { name: text };
  return { qualifier: found[1] === "ForAllValues" ? "ForAllValues" : "ForAnyValue", name: found[2] ?? "" };
}

function operatorsOf<T>(family: OperatorFamily<T>): Operator[] {
  const positives = Object.keys(family.positive).map((name) => operatorOf(family, name, name));
  const negatives = Object.entries(family.negated).map(([name, positive]) => operatorOf(family, name, positive));
  return [...positives, ...negatives];
}

function operatorOf<T>(family: OperatorFamily<T>, name: string, positiveName: string): Operator {
  const holds = family.positive[positiveName];
  if (holds === undefined) throw new Error(`operator \`${name}\` negates \`${positiveName}\`, which does not exist`);
  return {
    name,
    positiveName,
    isNegated: name !== positiveName,
    allowsSetQualifier: family.name === "STRING",
    family,
    bind: (policyValues) => bindOperator(family, holds, policyValues),
  };
}

function bindOperator<T>(
  family: OperatorFamily<T>,
  holds: (policyValue: T, requestValue: T) => boolean,
  policyValues: readonly string[],
): BoundOperator | { readonly unreadable: string } {
  const expected: T[] = [];
  for (const text of policyValues) {
    const value = family.readPolicyValue(text);
    if (value === undefined) return { unreadable: text };
    expected.push(value);
  }
  return {
    countMatches: (requestValues) => {
      let count = 0;
      for (const text of requestValues) {
        const actual = family.readRequestValue(text);
        if (actual === undefined) return undefined;
        if (expected.some((value) => holds(value, actual))) count++;
      }
      return count;
    },
  };
}
