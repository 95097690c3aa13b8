import type { Verdict } from "../../policy/decide.js";

/** From worst to best: `allOf` gives the worst verdict, `anyOf` the best. */
export const VERDICT_RANK: Readonly<Record<Verdict, number>> = {
  EXPLICIT_DENY: 0,
  IMPLICIT_DENY: 1,
  UNDETERMINED: 2,
  CONDITIONAL: 3,
  ALLOWED: 4,
};
