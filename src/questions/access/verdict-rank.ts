import type { Verdict } from "../../policy/decide.js";

/** From worst to best: `allOf` gives the worst verdict, `anyOf` the best. */
export const VERDICT_RANK: Readonly<Record<Verdict, number>> = {
  EXPLICIT_DENY: 0,
  IMPLICIT_DENY: 1,
  UNDETERMINED: 2,
  CONDITIONAL: 3,
  ALLOWED: 4,
};

/** From worst to best. */
export const VERDICTS: readonly Verdict[] = [
  "EXPLICIT_DENY",
  "IMPLICIT_DENY",
  "UNDETERMINED",
  "CONDITIONAL",
  "ALLOWED",
];

/** From best to worst, those that are no plain no. */
export const TIERS: readonly Verdict[] = ["ALLOWED", "CONDITIONAL", "UNDETERMINED"];

export const NOT_A_PLAIN_NO: ReadonlySet<Verdict> = new Set(TIERS);

/** Is a verdict as good as one of the tiers, or better? */
export function isAtLeast(verdict: Verdict, tier: Verdict): boolean {
  return VERDICT_RANK[verdict] >= VERDICT_RANK[tier];
}

/** Denials need no statement of the principal's own: silence denies, and control and trust policies deny anybody. */
export function asksForDenials(verdicts: ReadonlySet<Verdict>): boolean {
  return verdicts.has("IMPLICIT_DENY") || verdicts.has("EXPLICIT_DENY");
}
