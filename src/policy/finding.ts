/** How much a finding matters; the words are those of the API. */
export type Severity = "ERROR" | "SECURITY_WARNING" | "WARNING" | "SUGGESTION";

/**
 * Something wrong or noteworthy in data. Findings are values: reading data returns them beside what could be read,
 * and nothing is thrown.
 */
export interface Finding {
  /** Stable, upper case with underscores, e.g. `UNKNOWN_OPERATOR`. */
  readonly code: string;
  readonly severity: Severity;
  /** Lower case, no full stop, the user's text in backticks, the place given. */
  readonly message: string;
  /** RFC 6901 pointer into the document that was read. */
  readonly pointer?: string;
  /** Line in the text that was read, from 1. */
  readonly line?: number;
  /** Column in that line, from 1, in UTF-16 code units. */
  readonly column?: number;
  /** Replacement text, only where one is certain. */
  readonly suggestion?: string;
}

/** A value read from data together with everything found wrong on the way. */
export interface Reading<T> {
  readonly value: T;
  readonly findings: readonly Finding[];
}
