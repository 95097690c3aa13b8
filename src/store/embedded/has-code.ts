/** True for an error of the system with that code, e.g. `EEXIST`, whichever realm made it. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
