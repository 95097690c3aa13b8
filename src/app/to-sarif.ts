import { pathToFileURL } from "node:url";
import type { Finding, Severity } from "../policy/finding.js";
import { FINDING_KINDS } from "../questions/lint/lint-rules.js";
import type { CheckedDocument } from "./found-document.js";

const LEVELS = { ERROR: "error", SECURITY_WARNING: "warning", WARNING: "warning", SUGGESTION: "note" } as const;

/** Code-scanning tools rank what bears on security by such a number. */
const SECURITY_SEVERITY = "7.0";

/**
 * Checked documents as a SARIF 2.1.0 log, which code-scanning tools read.
 * Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
 *
 * @param version of this program
 * @returns plain JSON
 */
export function toSarif(documents: readonly CheckedDocument[], version: string): object {
  const results = documents.flatMap((document) => document.findings.map((finding) => ({ document, finding })));
  const rules = rulesOf(results.map(({ finding }) => finding));
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "ramgraph", semanticVersion: version, rules } },
        columnKind: "utf16CodeUnits",
        results: results.map(({ document, finding }) => ({
          ruleId: finding.code,
          ruleIndex: indexOf.get(finding.code) ?? -1,
          level: LEVELS[finding.severity],
          message: { text: messageOf(document, finding) },
          locations: [locationOf(document, finding)],
        })),
      },
    ],
  };
}

interface Rule {
  readonly id: string;
  readonly [property: string]: unknown;
}

/** All rules of documents, and what else was found while files were read. */
function rulesOf(findings: readonly Finding[]): readonly Rule[] {
  const known = FINDING_KINDS.map(({ code, severity, why, mend }) => ({
    id: code,
    shortDescription: { text: why },
    help: { text: mend },
    ...configurationOf(severity),
  }));
  const codes = new Set(known.map(({ id }) => id));
  const others = new Map(findings.filter(({ code }) => !codes.has(code)).map(({ code, severity }) => [code, severity]));
  return [...known, ...[...others].map(([id, severity]) => ({ id, ...configurationOf(severity) }))];
}

function configurationOf(severity: Severity) {
  const security = severity === "SECURITY_WARNING" ? { "security-severity": SECURITY_SEVERITY } : {};
  return {
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [severity.toLowerCase()], ...security },
  };
}

function messageOf({ name }: CheckedDocument, { message, suggestion }: Finding): string {
  const owner = name === undefined ? "" : ` (in ${name})`;
  return `${message}${owner}${suggestion === undefined ? "" : `; write \`${suggestion}\``}`;
}

function locationOf({ file, name }: CheckedDocument, { line, column, pointer }: Finding) {
  const region =
    line === undefined ? {} : { region: { startLine: line, ...(column !== undefined && { startColumn: column }) } };
  const place = [name, pointer].filter((part) => part !== undefined && part !== "").join("#");
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region },
    ...(place !== "" && { logicalLocations: [{ fullyQualifiedName: place }] }),
  };
}

/** Relative paths stay relative, so that tools find them in the repository. */
function uriOf(file: string): string {
  if (file === "-") return "stdin";
  if (/^(?:[/\\]|[A-Za-z]:)/.test(file)) return pathToFileURL(file).href;
  return file
    .replace(/^(?:\.[/\\])+/, "")
    .split(/[/\\]/)
    .map(encodeURIComponent)
    .join("/");
}
