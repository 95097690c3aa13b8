/**
 * One condition operator over one kind of value. `read` turns a text into a comparable value or undefined where it is not
 * one; `holds` compares the policy's value with the request's.
 */
export interface OperatorFamily<T> {
  readonly name: "STRING" | "NUMERIC" | "DATE" | "BOOLEAN" | "IP";
  /** Reads a value of the policy; patterns and ranges are allowed where the family knows them. */
  readonly readPolicyValue: (text: string) => T | undefined;
  /** Reads a value of a request. */
  readonly readRequestValue: (text: string) => T | undefined;
  /** The positive operators by name. */
  readonly positive: Readonly<Record<string, (policyValue: T, requestValue: T) => boolean>>;
  /**
   * Request values that stand for all others: every value that the family can read passes and fails the same of these
   * tests as one of them. Undefined when they are too many or cannot be written.
   *
   * @param most how many positions of patterns may be looked at
   */
  readonly representatives: (tests: readonly FamilyTest[], most: number) => readonly string[] | undefined;
  /** Each negated operator with the positive one that it is the exact complement of. */
  readonly negated: Readonly<Record<string, string>>;
}

/** A positive operator of a family with the policy's values. */
export interface FamilyTest {
  readonly positiveName: string;
  readonly values: readonly string[];
}
