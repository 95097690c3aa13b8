import { type Bits, hasBit, membersOf, noBits } from "../../grants/bits.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Verdict } from "../../policy/decide.js";
import type { AccessQuestion } from "../access/access-question.js";
import { type Decision, decidedAs } from "../access/decision.js";
import { isAtLeast, TIERS } from "../access/verdict-rank.js";
import type { VerdictSets } from "./settle-words.js";

const NOBODY = noBits(0);

/** Roles that can do something, or may, by what they hold themselves. */
export class AbleRoles {
  private readonly placesOf: ReadonlyMap<Verdict, Bits>;
  private readonly decisions = new Map<number, Decision>();

  /** @param verdicts on all roles at least; what becomes of them later does not matter */
  constructor(
    readonly snapshot: Snapshot,
    readonly question: AccessQuestion,
    verdicts: VerdictSets,
    roles: Bits,
  ) {
    const rolesOf = (verdict: Verdict) => verdicts[verdict].bits.map((word, at) => word & (roles[at] ?? 0));
    this.placesOf = new Map(TIERS.map((verdict) => [verdict, rolesOf(verdict)]));
  }

  /** Places of those whose verdict is good enough, in the order of ARNs. */
  atLeast(tier: Verdict): readonly number[] {
    const sets = [...this.placesOf].filter(([verdict]) => isAtLeast(verdict, tier));
    return membersOf(sets.map(([, places]) => places));
  }

  /** The decision on one of them, made once. */
  decisionAt(place: number): Decision {
    const decision = this.decisions.get(place) ?? this.decideAt(place);
    this.decisions.set(place, decision);
    return decision;
  }

  private decideAt(place: number): Decision {
    const principal = this.snapshot.principals[place];
    const verdict = TIERS.find((each) => hasBit(this.placesOf.get(each) ?? NOBODY, place));
    if (principal === undefined || verdict === undefined) throw new Error(`no role at place ${place} can do it`);
    return decidedAs(this.snapshot, principal, this.question, verdict);
  }
}
