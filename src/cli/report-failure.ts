import pc from "picocolors";
import { asTyped } from "../app/as-typed.js";
import { classifyFailure, type FailureKind } from "../app/failure.js";
import { showLines } from "./answer/show-text.js";
import { exitCode } from "./exit-code.js";

const codes: Readonly<Record<FailureKind, number>> = {
  USAGE: exitCode.usage,
  CONFIGURATION: exitCode.configuration,
  DATABASE: exitCode.database,
  FAILED: exitCode.failed,
  BUG: exitCode.failed,
};

/**
 * Says what went wrong on standard error: plain words where a person can mend it, a stack where we must.
 *
 * @returns the exit code
 */
export function reportFailure(error: unknown): number {
  const kind = classifyFailure(error);
  const { red } = pc.createColors(pc.isColorSupported && process.stderr.isTTY);
  const message = error instanceof Error ? error.message : String(error);
  const text =
    kind === "BUG" && error instanceof Error ? `a fault of ramgraph: ${error.stack ?? message}` : asTyped(message);
  process.stderr.write(`${red("error:")} ${showLines(text)}\n`);
  return codes[kind];
}
