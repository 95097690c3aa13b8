import type { ImportReport, ImportRun, ImportRunDetail } from "../app/past-imports.js";
import { showText } from "./answer/show-text.js";
import { toTable } from "./answer/to-table.js";

/** `revision 7: 12 rows added, 3 changed, 2 removed`, or that nothing changed. */
export function describeChange({
  revision,
  added,
  changed,
  removed,
}: Pick<ImportReport, "revision" | "added" | "changed" | "removed">): string {
  if (revision === null) return "nothing changed";
  return `revision ${revision}: ${added} rows added, ${changed} changed, ${removed} removed`;
}

/** @param width columns of the terminal */
export function describeRuns(runs: readonly ImportRun[], width: number): string {
  if (runs.length === 0) return "nothing has been imported yet";
  const rows = runs.map(
    (run) =>
      new Map([
        ["run", run.id],
        ["when (UTC)", toSecond(run.finishedAt)],
        ["what", describeKind(run)],
        ["of", describeSources(run)],
        ["digest", run.sources.length === 1 ? (run.sources[0]?.sha256?.slice(0, 8) ?? "") : ""],
        ["revision", run.outcome === "FAILED" ? "failed" : (run.revision ?? "no change")],
        ["rows", run.revision === null ? "" : `+${run.added} ~${run.changed} -${run.removed}`],
        ["findings", run.outcome === "FAILED" ? "" : String(run.findings)],
      ]),
  );
  return toTable({ columns: [...(rows[0]?.keys() ?? [])], rows }, width);
}

/** A run in full, as lines. */
export function describeRun(run: ImportRunDetail): string {
  const head = [
    `run ${run.id}: ${describeKind(run)} of ${describeSources(run)}`,
    `from ${toSecond(run.startedAt)} to ${toSecond(run.finishedAt)} UTC`,
    run.message === null ? describeChange(run) : `failed: ${showText(run.message)}`,
  ];
  const sources = run.sources.map(({ title, sha256 }) => `  ${sha256 ?? "(gone)".padEnd(64)}  ${showText(title)}`);
  return [...head, "sources:", ...sources, ...describeFindings(run)].join("\n");
}

function describeFindings({ details }: ImportRunDetail): readonly string[] {
  if (details === null) return ["findings: no longer kept"];
  const lines = details.map(({ severity, code, message, line, subject }) => {
    const place = [line === undefined ? undefined : `line ${line}`, subject].filter((part) => part !== undefined);
    return `  ${severity} ${code} ${showText(message)}${place.length === 0 ? "" : ` (${showText(place.join(", "))})`}`;
  });
  return [`findings: ${lines.length}`, ...lines];
}

function describeKind({ kind, targetId }: ImportRun): string {
  if (kind === "REVERT") return `revert of ${targetId ?? ""}`;
  return kind === "FORGET" ? "removal" : "import";
}

function describeSources({ subject, sources }: ImportRun): string {
  if (subject === null) return "an erased account";
  if (subject !== "catalog") return `account ${showText(subject)}`;
  const [first] = sources;
  if (first === undefined) return "no page";
  const more = sources.length === 1 ? "" : ` and ${sources.length - 1} more`;
  return `${showText(first.title)}${more}`;
}

/** `2026-11-22 02:14:07` */
const toSecond = (instant: string) => instant.slice(0, 19).replace("T", " ");
