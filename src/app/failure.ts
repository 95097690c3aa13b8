import { DatabaseLost } from "../store/database-lost.js";
import { DatabaseUnreachable } from "../store/database-unreachable.js";
import { ImportRefused } from "../store/import-refused.js";

/** Something that a person has to put right. The message is for them; there is no stack to show. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** A command that is not written as it must be. */
export class UsageRefused extends Error {
  override readonly name = "UsageRefused";
}

/** Settings that cannot be used; one line for each problem. */
export class ConfigurationRefused extends Error {
  override readonly name = "ConfigurationRefused";

  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** USAGE, CONFIGURATION and DATABASE are for the operator to mend, FAILED is the input's fault, BUG is ours. */
export type FailureKind = "USAGE" | "CONFIGURATION" | "DATABASE" | "FAILED" | "BUG";

/** Whose fault an error is, which decides the exit code and whether a stack is of any use. */
export function classifyFailure(error: unknown): FailureKind {
  if (error instanceof UsageRefused) return "USAGE";
  if (error instanceof ConfigurationRefused) return "CONFIGURATION";
  if (error instanceof DatabaseUnreachable || error instanceof DatabaseLost) return "DATABASE";
  return error instanceof Failure || error instanceof ImportRefused ? "FAILED" : "BUG";
}
