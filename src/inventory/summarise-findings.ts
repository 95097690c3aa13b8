import type { Finding, Severity } from "../policy/finding.js";
import type { Gap, GapReason } from "./source.js";

/** Findings of one kind. */
export interface FindingGroup {
  readonly severity: Severity;
  readonly code: string;
  readonly count: number;
  /** The message of the first. */
  readonly example: string;
}

/** Gaps of one kind. */
export interface GapGroup {
  readonly reason: GapReason;
  readonly count: number;
  /** What the first one says. */
  readonly example: string;
}

const WORST_FIRST: readonly Severity[] = ["ERROR", "SECURITY_WARNING", "WARNING", "SUGGESTION"];

/** One row for each code, the worst severity first and of one severity the most frequent. */
export function summariseFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = groupFirst(findings, ({ severity, code }) => `${severity} ${code}`);
  return groups
    .map(({ first: { severity, code, message }, count }) => ({ severity, code, count, example: message }))
    .toSorted((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity) || b.count - a.count);
}

/** One row for each reason, the most frequent first. */
export function summariseGaps(gaps: readonly Gap[]): readonly GapGroup[] {
  return groupFirst(gaps, ({ reason }) => reason)
    .map(({ first: { reason, detail }, count }) => ({ reason, count, example: detail }))
    .toSorted((a, b) => b.count - a.count);
}

function groupFirst<T>(rows: readonly T[], keyOf: (row: T) => string): readonly { first: T; count: number }[] {
  const groups = new Map<string, { first: T; count: number }>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), { first: row, count: 1 });
    else group.count++;
  }
  return [...groups.values()];
}
