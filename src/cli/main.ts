#!/usr/bin/env node
// First, as it must be set before anything else is loaded.
import "./run-as-production.js";
import { CommanderError } from "commander";
import { exitCode } from "./exit-code.js";
import { createProgram } from "./program.js";
import { startTracing } from "./start-tracing.js";

// Whoever reads only the first lines of our output closes the pipe; that is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCode.ok);
  throw error;
});

const stopTracing = await startTracing(process.env);
try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = await fail(error);
} finally {
  await stopTracing();
}

async function fail(error: unknown): Promise<number> {
  // Commander has said what is wrong; it throws for `--help` and `--version` too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  const { reportFailure } = await import("./report-failure.js");
  return reportFailure(error);
}
