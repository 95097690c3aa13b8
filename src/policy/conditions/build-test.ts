import type { ConditionTest, SetQualifier } from "./condition-test.js";
import { foldContextKey } from "./context-key.js";
import { OPERATORS, splitOperatorName } from "./operators.js";

export type TestProblem =
  | { readonly code: "UNKNOWN_OPERATOR" }
  | { readonly code: "QUALIFIER_NOT_SUPPORTED" }
  | { readonly code: "UNREADABLE_VALUE"; readonly value: string };

/**
 * Prepares one key of a condition for comparison.
 *
 * Values are alternatives: a positive operator holds when some request value matches some policy value, a negated one
 * when none does. So `StringNotEquals` is the complement of `StringEquals`, an absent key included; likewise
 * `ForAllValues:StringNotEquals` is the complement of `ForAnyValue:StringEquals`.
 */
export function buildTest(
  operator: string,
  key: string,
  values: readonly string[],
  pointer: string,
): ConditionTest | TestProblem {
  const { qualifier, name } = splitOperatorName(operator);
  const known = OPERATORS.get(name);
  if (known === undefined) return { code: "UNKNOWN_OPERATOR" };
  if (qualifier !== undefined && !known.allowsSetQualifier) return { code: "QUALIFIER_NOT_SUPPORTED" };
  const bound = known.bind(values);
  if ("unreadable" in bound) return { code: "UNREADABLE_VALUE", value: bound.unreadable };

  const quantifier = positiveQuantifier(qualifier, known.isNegated);
  const foldedKey = foldContextKey(key);
  return {
    key,
    foldedKey,
    operator,
    values,
    identity: JSON.stringify([quantifier, known.positiveName, foldedKey, [...new Set(values)].sort()]),
    positiveName: known.positiveName,
    quantifier,
    isNegated: known.isNegated,
    pointer,
    holdsPositive: (requestValues) => {
      const count = bound.countMatches(requestValues);
      if (count === undefined) return undefined;
      return quantifier === "ForAllValues" ? count === requestValues.length : count > 0;
    },
  };
}

/** The quantifier of the positive form: negating a test turns "all" into "any" and back. */
function positiveQuantifier(qualifier: SetQualifier | undefined, isNegated: boolean): SetQualifier {
  if (qualifier === undefined) return "ForAnyValue";
  if (!isNegated) return qualifier;
  return qualifier === "ForAllValues" ? "ForAnyValue" : "ForAllValues";
}
