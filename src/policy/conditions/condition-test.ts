/** A set prefix of an operator: `ForAllValues:` or `ForAnyValue:`. */
export type SetQualifier = "ForAllValues" | "ForAnyValue";

/**
 * One key under one operator of a statement's `Condition`. Comparison is prepared once, when the policy is read.
 */
export interface ConditionTest {
  /** As written. */
  readonly key: string;
  /** Folded, for look-up in a context. */
  readonly foldedKey: string;
  /** As written, with its prefix. */
  readonly operator: string;
  /** The policy's values as written. */
  readonly values: readonly string[];
  /**
   * The test in positive form, equal for tests that ask the same: `StringNotEquals x a` is the negation of
   * `StringEquals x a`, so both have one identity and differ in `isNegated`.
   */
  readonly identity: string;
  /** Operator of the positive form. */
  readonly positiveName: string;
  /** Whether the positive form wants all request values to match, or any. */
  readonly quantifier: SetQualifier;
  /** True when the written test is the exact complement of the identity's. */
  readonly isNegated: boolean;
  /** RFC 6901 pointer to the key. */
  readonly pointer: string;
  /**
   * Does the positive form hold for these request values?
   * @returns undefined when a request value is not of the operator's kind
   */
  readonly holdsPositive: (requestValues: readonly string[]) => boolean | undefined;
}
