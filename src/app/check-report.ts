import type { Severity } from "../policy/finding.js";
import { SEVERITIES } from "./finding-severities.js";
import type { CheckedDocument } from "./found-document.js";

/** What a check found, with how often. */
export interface CheckReport {
  readonly counts: Readonly<Record<Severity, number>>;
  readonly documents: readonly CheckedDocument[];
}

export function reportOn(documents: readonly CheckedDocument[]): CheckReport {
  const counts = { ERROR: 0, SECURITY_WARNING: 0, WARNING: 0, SUGGESTION: 0 };
  for (const { findings } of documents) for (const { severity } of findings) counts[severity]++;
  return { counts, documents };
}

/** The worst severity that was found; undefined where nothing was. */
export function worstOf({ counts }: CheckReport): Severity | undefined {
  return SEVERITIES.find((severity) => counts[severity] > 0);
}
