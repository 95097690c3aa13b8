import { IDLE_DENY } from "../../src/questions/lint/idle-deny.js";
import type { FindingKind, LintExample } from "../../src/questions/lint/lint-rule.js";
import { LINT_RULES } from "../../src/questions/lint/lint-rules.js";
import { PRINCIPAL_RULES } from "../../src/questions/lint/principal-rules.js";
import { READING_FINDINGS } from "../../src/questions/lint/reading-findings.js";
import { textOf } from "./lint-world.js";

const HEAD = `# What \`lint\` and \`check\` find

One row for each code. \`lint(document, type)\` in the API, \`ramgraph check\` on the command line and the \`findings\` of policies, roles and
users all give these. Severities: **ERROR**, something is wrong and was left out or could not be read; **SECURITY_WARNING**, valid, and
likely to open more than was meant; **WARNING**, valid, and likely not what was meant; **SUGGESTION**, fine, and could be said better.

A finding has a code, a severity, a message, a JSON pointer, a line and a column, and a \`suggestion\` only where one thing can be meant: a
name that is one edit or swap away from the only near known name. Of services whose authorization page was not read nothing is claimed.
Patterns and statements are compared with one another within a budget: among hundreds of them an overlap may go unsaid.

This page is made from the rules themselves; a test keeps it so.
`;

/** The text of docs/lint.md. */
export function lintPage(): string {
  return [
    HEAD,
    "## What the rules find\n",
    ...LINT_RULES.map(section),
    "## What policies that are attached add\n",
    kind(IDLE_DENY),
    "## What users and roles add\n",
    ...PRINCIPAL_RULES.map(kind),
    "## What reading finds\n",
    ...READING_FINDINGS.map(section),
  ].join("\n");
}

function kind({ code, severity, why, mend }: Omit<FindingKind, "example">): string {
  return `### ${code}\n\n**${severity}.** ${why}\n\nMend: ${mend}\n`;
}

function section({ code, severity, why, mend, example }: FindingKind): string {
  return `${kind({ code, severity, why, mend })}\n${exampleText(example)}\n`;
}

function exampleText({ document, type = "IDENTITY" }: LintExample): string {
  const text =
    typeof document === "string" ? document : document.map((statement) => JSON.stringify(statement)).join("\n");
  const shown = (text === "" ? textOf(document) : text).replace(/x{80,}/, "x…x");
  return `For example (${type}):\n\n\`\`\`json\n${shown}\n\`\`\``;
}
