import { text } from "node:stream/consumers";
import { type Command, Option } from "commander";
import type { checkDocuments } from "../app/check-documents.js";
import type { CheckReport } from "../app/check-report.js";
import { exitCode } from "./exit-code.js";

const examples = `
Examples:
  ramgraph check policy.json
  ramgraph check exports/production documents.jsonl --fail-on security-warning
  ramgraph check policies/ --format sarif > findings.sarif
  ramgraph check trust.json --type trust
  aliyun ram GetPolicyVersion … | jq -r .PolicyVersion.PolicyDocument | ramgraph check -

Exit code 1 when anything as bad as --fail-on is found. What each code means stands in docs/lint.md.`;

const formats = ["text", "json", "sarif"] as const;
const limits = ["error", "security-warning", "warning", "suggestion", "never"] as const;
const types = ["identity", "trust", "control", "session", "resource"] as const;

interface CheckFlags {
  readonly format: (typeof formats)[number];
  readonly json?: true;
  readonly failOn: (typeof limits)[number];
  readonly type?: (typeof types)[number];
}

export function addCheckCommand(program: Command): void {
  program
    .command("check")
    .description("look for what is wrong in policy documents, without a database")
    .argument(
      "<paths...>",
      "documents, JSON Lines, account exports, saved pages, folders of these; - for standard input",
    )
    .addOption(new Option("--format <format>", "how to print the findings").choices(formats).default("text"))
    .option("--json", "the same as --format json")
    .addOption(new Option("--fail-on <severity>", "the least that counts as failed").choices(limits).default("error"))
    .addOption(new Option("--type <type>", "what the documents are for; left out, their elements tell").choices(types))
    .addHelpText("after", examples)
    .action(runCheck);
}

async function runCheck(paths: readonly string[], { format, json, failOn, type }: CheckFlags): Promise<void> {
  const [{ checkDocuments: check }, { reportOn, worstOf }, { isAtLeast }] = await Promise.all([
    import("../app/check-documents.js"),
    import("../app/check-report.js"),
    import("../app/finding-severities.js"),
  ]);
  const report = reportOn(await check(paths, () => text(process.stdin), TYPES[type ?? "none"]));
  process.stdout.write(`${await print(report, json === true ? "json" : format)}\n`);
  const [worst, limit] = [worstOf(report), LIMITS[failOn]];
  if (worst !== undefined && limit !== undefined && isAtLeast(worst, limit)) process.exitCode = exitCode.failed;
}

async function print(report: CheckReport, format: CheckFlags["format"]): Promise<string> {
  if (format === "json") return JSON.stringify({ errors: report.counts.ERROR, ...report });
  if (format === "text") return (await import("./check/describe-findings.js")).describeFindings(report);
  const [{ toSarif }, { readVersion }] = await Promise.all([
    import("../app/to-sarif.js"),
    import("../app/read-version.js"),
  ]);
  return JSON.stringify(toSarif(report.documents, readVersion()), null, 2);
}

const LIMITS = {
  error: "ERROR",
  "security-warning": "SECURITY_WARNING",
  warning: "WARNING",
  suggestion: "SUGGESTION",
  never: undefined,
} as const;

const TYPES = {
  identity: "IDENTITY",
  trust: "TRUST",
  control: "CONTROL",
  session: "SESSION",
  resource: "RESOURCE",
  none: undefined,
} as const satisfies Record<string, Parameters<typeof checkDocuments>[2]>;
