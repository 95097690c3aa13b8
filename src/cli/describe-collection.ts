import { PROGRAM } from "../app/as-typed.js";
import type { CollectReport } from "../app/run-collect.js";
import { showText } from "./answer/show-text.js";

/** Kinds of failure that are listed; the rest is a number. */
const most = 20;

/** What a run did, for a person: what there is, what is lacking and why, and what comes next. */
export function describeCollection(folder: string, report: CollectReport): string {
  const { accountId, continued, requests, waits, written, kept, failed } = report;
  const since = continued === undefined ? "" : `, continued from ${continued}`;
  const again = waits === 0 ? "" : `, ${waits} of them repeated after a wait`;
  return [
    `account ${accountId} is in ${folder}${since}`,
    "",
    ...describeCounts(report.counts),
    "",
    `requests: ${requests}${again}; files written: ${written}${kept === 0 ? "" : `, kept: ${kept}`}`,
    ...describeFailures(failed),
    "not fetched: bucket policies of OSS; each can be saved there as oss.GetBucketPolicy.<bucket>.json",
    "",
    `next: ${PROGRAM} import account ${/^[\w./@:+-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", `'\\''`)}'`}`,
  ].join("\n");
}

function describeCounts(counts: CollectReport["counts"]): readonly string[] {
  const rows = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...rows.map(([kind]) => kind.length));
  const digits = Math.max(0, ...rows.map(([, count]) => String(count).length));
  return rows.map(([kind, count]) => `  ${kind.padEnd(width)}  ${String(count).padStart(digits)}`);
}

function describeFailures(failed: CollectReport["failed"]): readonly string[] {
  if (failed.length === 0) return [];
  const groups = new Map<string, { readonly first: CollectReport["failed"][number]; count: number }>();
  for (const one of failed) {
    const key = `${one.file.split(".", 2).join(".")} ${one.code}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: one, count: 1 });
    else group.count += 1;
  }
  const lines = [...groups.values()].map(({ first, count }) => {
    const { file, code, message, actions } = first;
    const others = count === 1 ? "" : ` and ${count - 1} more like it`;
    const needs =
      actions.length > 0 && /NoPermission|Forbidden|Denied/i.test(code) ? `; needs ${actions.join(" or ")}` : "";
    return `  ${showText(file)}${others}: ${showText(`${code}: ${message.replace(/\.$/, "")}`)}${needs}`;
  });
  return [
    `calls that failed: ${failed.length}; answers that they could touch will say what is unknown`,
    ...lines.slice(0, most),
    ...(lines.length > most ? [`  and ${lines.length - most} other kinds; --json lists all`] : []),
  ];
}
