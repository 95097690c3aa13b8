import type { Severity } from "../policy/finding.js";

/** From worst to best. */
export const SEVERITIES: readonly Severity[] = ["ERROR", "SECURITY_WARNING", "WARNING", "SUGGESTION"];

/** Is a finding at least as bad as that? */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit);
}
