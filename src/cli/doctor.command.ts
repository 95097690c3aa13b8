import type { Command } from "commander";
import pc from "picocolors";
import { asTyped } from "../app/as-typed.js";
import type { Check, Diagnosis } from "../app/doctor/check.js";
import { exitCode } from "./exit-code.js";

const help = `
It changes nothing, and what it prints holds no password, token or fact, so that it can be shown to others.

Exit codes: 0 nothing failed, 3 wrong settings or documents, 4 no database, 1 anything else that failed.

Examples:
  ramgraph doctor
  ramgraph doctor --json`;

export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("look at settings, database, clock, disk, ports, documents and tokens, and say what to mend")
    .option("--json", "print the result as JSON")
    .addHelpText("after", help)
    .action(async ({ json }: { readonly json?: true }) => {
      const { diagnose } = await import("../app/doctor/diagnose.js");
      const diagnosis = await diagnose(process.env);
      process.stdout.write(json ? `${JSON.stringify(diagnosis)}\n` : asTyped(describe(diagnosis)));
      process.exitCode = codeOf(diagnosis);
    });
}

function codeOf({ checks }: Diagnosis): number {
  const names = checks.filter(({ state }) => state === "FAILED").map(({ name }) => name);
  if (names.length === 0) return exitCode.ok;
  if (names.includes("settings") || names.includes("documents")) return exitCode.configuration;
  return names.includes("database") ? exitCode.database : exitCode.failed;
}

function describe({ checks }: Diagnosis): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map((check, at) => {
    // What is to be done about several things alike stands below the last of them.
    const { hint, ...bare } = check;
    return describeCheck(hint === checks[at + 1]?.hint ? bare : check, width);
  });
  return `${lines.join("\n")}\n`;
}

function describeCheck({ name, state, message, hint }: Check, width: number): string {
  const { green, yellow, red, dim } = pc.createColors(pc.isColorSupported && process.stdout.isTTY);
  const colour = { OK: green, WARNING: yellow, FAILED: red, SKIPPED: dim }[state];
  const line = `${colour(state.toLowerCase().padEnd(8))}${name.padEnd(width + 2)}${message}`;
  return hint === undefined ? line : `${line}\n${" ".repeat(width + 10)}${hint}`;
}
