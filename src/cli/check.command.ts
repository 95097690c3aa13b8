import { text } from "node:stream/consumers";
import type { Command } from "commander";
import pc from "picocolors";
import type { CheckedDocument } from "../app/found-document.js";
import { exitCode } from "./exit-code.js";

const examples = `
Examples:
  ramgraph check policy.json
  ramgraph check exports/production documents.jsonl
  aliyun ram GetPolicyVersion … | jq -r .PolicyVersion.PolicyDocument | ramgraph check -

Exit code 1 when anything is an ERROR.`;

export function addCheckCommand(program: Command): void {
  program
    .command("check")
    .description("look for what is wrong in policy documents, without a database")
    .argument(
      "<paths...>",
      "documents, JSON Lines, account exports, saved pages, folders of these; - for standard input",
    )
    .option("--json", "print the findings as JSON")
    .addHelpText("after", examples)
    .action(runCheck);
}

async function runCheck(paths: readonly string[], { json }: { readonly json?: true }): Promise<void> {
  const { checkDocuments } = await import("../app/check-documents.js");
  const documents = await checkDocuments(paths, () => text(process.stdin));
  const errors = count(documents, "ERROR");
  process.stdout.write(json ? `${JSON.stringify({ errors, documents })}\n` : `${describe(documents)}\n`);
  if (errors > 0) process.exitCode = exitCode.failed;
}

function describe(documents: readonly CheckedDocument[]): string {
  const lines = documents.flatMap((document) => document.findings.map((finding) => describeFinding(document, finding)));
  const errors = count(documents, "ERROR");
  const summary = `checked: ${documents.length}, errors: ${errors}, other findings: ${lines.length - errors}`;
  return [...lines, summary].join("\n");
}

type Finding = CheckedDocument["findings"][number];

/** `policy.json:3:15 ERROR UNKNOWN_OPERATOR unknown condition operator …`, as editors and terminals take it. */
function describeFinding({ file, name, line }: CheckedDocument, finding: Finding): string {
  // Within a page or an export, the finding's line counts in the document, not in the file.
  const own = name === undefined ? [finding.line, finding.column] : [];
  const { bold, red, yellow } = pc.createColors(pc.isColorSupported && process.stdout.isTTY);
  const where = [file, ...(line === undefined ? own : [line]).filter((part) => part !== undefined)].join(":");
  const paint = finding.severity === "ERROR" ? red : yellow;
  const owner = name === undefined ? "" : ` (in ${name})`;
  return `${bold(where)} ${paint(finding.severity)} ${finding.code} ${finding.message}${owner}`;
}

function count(documents: readonly CheckedDocument[], severity: Finding["severity"]): number {
  return documents.flatMap(({ findings }) => findings).filter((finding) => finding.severity === severity).length;
}
