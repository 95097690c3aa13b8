import type { Verdict } from "../../policy/decide.js";

/** From worst to best: `allOf` gives the worst verdict, `anyOf` the best. */
export const VERDICT_RANK: Readonly<Record<Verdict, number>> = {
  EXPLICIT_DENY: 0,
  IMPLICIT_DENY: 1,
  UNDETERMINED: 2,
  CONDITIONAL: 3,
  ALLOWED: 4,
};

/** Denials need no statement of the principal's own: silence denies, and control and trust policies deny anybody. */
export function asksForDenials(verdicts: ReadonlySet<Verdict>): boolean {
  return verdicts.has("IMPLICIT_DENY") || verdicts.has("EXPLICIT_DENY");
}
