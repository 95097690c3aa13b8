/** Where something stands in an export. Line and column count from 1, columns in UTF-16 code units. */
export interface Where {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** RFC 6901 pointer into the response. */
  readonly pointer?: string;
}

/** Why an export was not taken. Nothing of it is imported then. */
export interface Refusal extends Where {
  /** Stable, upper case, e.g. `DUPLICATE_KEY`. */
  readonly code: string;
  /** What is wrong, where, and what to do, in one line. */
  readonly message: string;
}

/** Ends the reading of an export from within; `readAccountExport` turns it into its result. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(code: string, where: Where, problem: string, mend: string) {
    super(problem);
    this.refusal = { ...where, code, message: `${problem} ${describePlace(where)}: ${mend}` };
  }
}

/** `in `ram.ListUsers.json` at /Users/User/0, line 3`. */
export function describePlace({ file, line, pointer }: Where): string {
  const at = pointer === undefined || pointer === "" ? "" : ` at ${pointer}`;
  return `in \`${file}\`${at}${line === undefined ? "" : `, line ${line}`}`;
}
