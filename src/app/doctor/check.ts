/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  /** SKIPPED could not be looked at, because of another failure or because there is nothing to see. */
  readonly state: "OK" | "WARNING" | "FAILED" | "SKIPPED";
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** All that was looked at, fit to be shown to others: no password, token or fact is in it. */
export interface Diagnosis {
  readonly version: string;
  readonly checks: readonly Check[];
}

export const passed = (name: string, message: string): Check => ({ name, state: "OK", message });
export const skipped = (name: string, message: string): Check => ({ name, state: "SKIPPED", message });
export const warned = (name: string, message: string, hint: string): Check => ({
  name,
  state: "WARNING",
  message,
  hint,
});
/** Without a hint where the message says itself what to do. */
export const failed = (name: string, message: string, hint?: string): Check => ({
  name,
  state: "FAILED",
  message,
  ...(hint !== undefined && { hint }),
});
