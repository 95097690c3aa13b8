import pc from "picocolors";
import type { CheckReport } from "../../app/check-report.js";
import type { CheckedDocument } from "../../app/found-document.js";
import { showText } from "../answer/show-text.js";

type Finding = CheckedDocument["findings"][number];

/** One line for each finding, as editors and terminals take it, and how many there were. */
export function describeFindings({ counts, documents }: CheckReport): string {
  const lines = documents.flatMap((document) => document.findings.map((finding) => describeFinding(document, finding)));
  const { ERROR, SECURITY_WARNING, WARNING, SUGGESTION } = counts;
  const numbers = `errors: ${ERROR}, security warnings: ${SECURITY_WARNING}, warnings: ${WARNING}, suggestions: ${SUGGESTION}`;
  return [...lines, `checked: ${documents.length}, ${numbers}`].join("\n");
}

/** `policy.json:3:15 ERROR UNKNOWN_OPERATOR unknown condition operator …` */
function describeFinding({ file, name }: CheckedDocument, finding: Finding): string {
  const { code, severity, message, line, column, suggestion } = finding;
  const { bold, red, yellow, dim } = pc.createColors(pc.isColorSupported && process.stdout.isTTY);
  const where = [file, line, column].filter((part) => part !== undefined).join(":");
  const paint = severity === "ERROR" ? red : severity === "SUGGESTION" ? dim : yellow;
  const owner = name === undefined ? "" : ` (in ${name})`;
  const mend = suggestion === undefined ? "" : `; write \`${suggestion}\``;
  return `${bold(showText(where))} ${paint(severity)} ${code} ${showText(message + owner + mend)}`;
}
