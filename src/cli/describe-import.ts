import type { ImportResult } from "../app/run-import.js";
import { showText } from "./answer/show-text.js";
import { toTable } from "./answer/to-table.js";
import { describeChange } from "./describe-runs.js";

/** How people call the rows of a table. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["app_user", "users"],
  ["user_group", "groups"],
  ["membership", "memberships"],
  ["role", "roles"],
  ["policy", "policies"],
  ["policy_version", "policy versions"],
  ["attachment", "attachments"],
  ["directory", "directories"],
  ["folder", "folders"],
  ["directory_member", "member accounts"],
  ["control_attachment", "control policy attachments"],
  ["resource_group", "resource groups"],
  ["grouped_resource", "resources in groups"],
  ["group_support", "types that groups take"],
  ["resource_tag", "tags"],
  ["resource_policy", "bucket policies"],
  ["service", "services"],
  ["action", "actions"],
  ["resource_type", "resource types"],
  ["condition_key", "condition keys"],
  ["operation", "API operations"],
  ["service_link", "service-linked roles"],
  ["service_dependency", "service dependencies"],
]);

/**
 * What an import did, as lines: first a sentence, then what changed by kind, findings by kind, and what was not seen.
 *
 * @param width columns of the terminal
 */
export function describeImport(result: ImportResult, width: number): string {
  return [headOf(result), ...changesOf(result, width), ...findingsOf(result), ...gapsOf(result)].join("\n");
}

function headOf({ sources, revision, before, isDryRun, durationMs, ...counts }: ImportResult): string {
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  const change = describeChange({ revision, ...counts });
  const way = revision === null ? `at revision ${before}` : `from revision ${before}`;
  const dry = isDryRun ? "dry run, nothing was written: " : "";
  return `${dry}${change}: ${sources.map(showText).join(", ")} (${way}, ${seconds})`;
}

const COLUMNS = ["added", "changed", "removed"] as const;

/** The kinds in their order, what is ramgraph's own bookkeeping last, so that the rows come to the sum above. */
function changesOf({ tables }: ImportResult, width: number): readonly string[] {
  if (tables.length === 0) return [];
  const own = tables.filter(({ table }) => !KINDS.has(table));
  const kinds = tables.flatMap((change) => ({ kind: KINDS.get(change.table), changes: [change] }));
  const named = kinds.filter(({ kind }) => kind !== undefined);
  const all = own.length === 0 ? named : [...named, { kind: "ramgraph's own records", changes: own }];
  const rows = all.map(({ kind = "", changes }) => {
    const sums = COLUMNS.map((name) => countOf([name, changes.reduce((sum, each) => sum + each[name], 0)]));
    return new Map([["", kind], ...sums]);
  });
  return [toTable({ columns: ["", ...COLUMNS], rows }, width)];
}

const countOf = ([name, count]: readonly [string, number]): [string, string] => [
  name,
  count === 0 ? "" : String(count),
];

function findingsOf({ findings, noted }: ImportResult): readonly string[] {
  if (findings === 0) return [];
  const lines = noted.map(({ severity, code, count, example }) => groupLine(`${severity} ${code}`, count, example));
  return [`findings: ${findings}`, ...lines];
}

function gapsOf({ gaps }: ImportResult): readonly string[] {
  if (gaps.length === 0) return [];
  return [
    "not seen, and answers that it could touch say so:",
    ...gaps.map(({ reason, count, example }) => groupLine(reason, count, example)),
  ];
}

function groupLine(name: string, count: number, example: string): string {
  return `  ${name} ${count === 1 ? "" : `× ${count}, first: `}${showText(example)}`;
}
