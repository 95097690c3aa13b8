import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { type ReachingUnits, reachingUnits } from "../../grants/policy-units.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import type { Verdict } from "../../policy/decide.js";
import type { AccessQuestion } from "./access-question.js";
import { type PlainQuestion, plainQuestion } from "./plain-question.js";
import { Probe } from "./probe.js";

/** Answers plain questions of one snapshot by verdict alone. */
class QuickVerdicts {
  private readonly reaching: (principal: CompiledPrincipal) => ReachingUnits;
  private question: AccessQuestion | undefined;
  private plain: PlainQuestion | undefined;
  private probe: Probe | undefined;

  constructor(private readonly snapshot: Snapshot) {
    this.reaching = reachingUnits(snapshot);
  }

  verdictOf(principal: CompiledPrincipal, question: AccessQuestion): Verdict | undefined {
    const probe = this.probeOf(principal, question);
    return probe?.verdictOf(this.reaching(principal));
  }

  /** The last probe is kept: one question is often asked of many principals in a row. */
  private probeOf(principal: CompiledPrincipal, question: AccessQuestion): Probe | undefined {
    if (question !== this.question) {
      this.question = question;
      this.plain = plainQuestion(this.snapshot, question);
      this.probe = undefined;
    }
    if (this.plain === undefined) return undefined;
    const isLinked = isServiceLinked(principal);
    const { probe } = this;
    if (probe?.accountId === principal.accountId && probe.isServiceLinked === isLinked) return probe;
    this.probe = new Probe(this.snapshot, question, this.plain, principal.accountId, isLinked);
    return this.probe;
  }
}

const KNOWN = new WeakMap<Snapshot, QuickVerdicts>();

/**
 * The verdict on a question about one principal, where the index of prepared policies is certain of it: nothing unreadable
 * matters, and open conditions can be told apart without the judge. Undefined in every other case; the judge decides then.
 */
export function quickVerdict(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  question: AccessQuestion,
): Verdict | undefined {
  const known = KNOWN.get(snapshot) ?? new QuickVerdicts(snapshot);
  KNOWN.set(snapshot, known);
  return known.verdictOf(principal, question);
}
