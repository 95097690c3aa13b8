import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { type Ruling, rule, type Verdict } from "../../policy/decide.js";
import type { Finding } from "../../policy/finding.js";
import type { Grant, PolicyLayer } from "../../policy/grant.js";
import { FALSE, UNKNOWN } from "../../policy/logic/formula.js";
import { mayCoverAction, type UnreadableRequestValue } from "../../policy/match-statement.js";
import type { AccessQuestion } from "./access-question.js";
import { type Asker, askerOf, type KnownAsker } from "./asker.js";
import { type AskedPoint, type JudgedAccess, judgeAccess, judgeInSteps } from "./judge-access.js";
import { lonePoint } from "./lone-point.js";
import { quickVerdict } from "./quick-verdict.js";
import { settlingPoints } from "./settling-points.js";
import { warningsOf } from "./warnings.js";

/** The answer to one question about one principal. What explains it is worked out only when it is asked for. */
export interface Decision {
  readonly snapshot: Snapshot;
  readonly question: AccessQuestion;
  /** Absent when the question names nobody that is known. */
  readonly asker?: Asker;
  /** Names of the roles that the principal assumes one after the other to get there. */
  readonly via?: readonly string[] | undefined;
  readonly verdict: Verdict;
  readonly ruling: Ruling;
  /** As the ruling says, which is not made for it where there is one layer. */
  readonly blockedBy: readonly PolicyLayer[];
  readonly judged: JudgedAccess;
  /** The requests that the question came down to, one for each action; what was judged may say less of what they were weighed against. */
  readonly settlingPoints: () => readonly AskedPoint[];
  /** Every statement that reaches the principal by its identity. */
  readonly grants: () => readonly Grant[];
  readonly warnings: () => readonly Finding[];
  readonly unreadableValues: readonly UnreadableRequestValue[];
}

/** Statements that reach a principal. */
type Relevant = () => readonly Grant[];

/** What else has to be said of a decision. */
type MoreWarnings = (principal: CompiledPrincipal, decision: Decision) => readonly Finding[];

/**
 * Decides a question for one principal. Nothing is worked out before it is read.
 *
 * @param relevant the statements that reach the principal; may leave out such as say nothing about the question's actions; all of them
 *   where it is not given
 */
export function decideAccess(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  question: AccessQuestion,
  relevant?: Relevant,
  more?: MoreWarnings,
): Decision {
  return new LazyDecision(snapshot, principal, question, relevant, more);
}

/** The same, what its verdict takes worked out in steps. */
export function* decideInSteps(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  question: AccessQuestion,
  relevant?: Relevant,
  more?: MoreWarnings,
): Steps<Decision> {
  const decision = new LazyDecision(snapshot, principal, question, relevant, more);
  yield* decision.workOut();
  return decision;
}

/** The same where the verdict is known: only what explains it is left to be worked out. */
export function decidedAs(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  question: AccessQuestion,
  verdict: Verdict,
  more?: MoreWarnings,
): Decision {
  return new LazyDecision(snapshot, principal, question, undefined, more, verdict);
}

/** What was worked out to explain a decision. */
interface Explanation {
  reaching: readonly Grant[] | undefined;
  asked: KnownAsker | undefined;
  found: JudgedAccess | undefined;
  named: Ruling | undefined;
  alone: AskedPoint | undefined;
}

/**
 * A decision about a principal of the snapshot. The verdict alone comes from the index of prepared policies where that is
 * certain of it; all else, and every other verdict, is the judge's. Not to be spread: its members are no own properties.
 */
class LazyDecision implements Decision {
  declare readonly snapshot: Snapshot;
  declare readonly question: AccessQuestion;
  declare private readonly principal: CompiledPrincipal;
  declare private readonly relevant: Relevant | undefined;
  declare private readonly more: MoreWarnings | undefined;
  declare private known: Verdict | undefined;
  declare private isQuick: boolean;
  /** Made when it first matters: of most decisions only the verdict is read, and what is small is made sooner. */
  declare private kept: Explanation | undefined;

  constructor(
    snapshot: Snapshot,
    principal: CompiledPrincipal,
    question: AccessQuestion,
    relevant: Relevant | undefined,
    more: MoreWarnings | undefined,
    verdict?: Verdict,
  ) {
    this.snapshot = snapshot;
    this.principal = principal;
    this.question = question;
    this.relevant = relevant;
    this.more = more;
    this.known = verdict;
    this.isQuick = verdict !== undefined;
    this.kept = undefined;
  }

  private get explanation(): Explanation {
    this.kept ??= { reaching: undefined, asked: undefined, found: undefined, named: undefined, alone: undefined };
    return this.kept;
  }

  get asker(): KnownAsker {
    const { explanation } = this;
    explanation.asked ??= askerOf(this.snapshot, this.principal, this.relevant ?? (() => this.grants()));
    return explanation.asked;
  }

  get verdict(): Verdict {
    this.known ??= this.quick() ?? this.ruling.verdict;
    return this.known;
  }

  *workOut(): Steps<void> {
    this.known ??= this.quick();
    if (this.known !== undefined) return;
    this.explanation.found = yield* judgeInSteps(this.snapshot, this.asker, this.question);
    this.known = this.ruling.verdict;
  }

  private quick(): Verdict | undefined {
    const verdict = quickVerdict(this.snapshot, this.principal, this.question);
    this.isQuick = verdict !== undefined;
    return verdict;
  }

  get ruling(): Ruling {
    const { explanation } = this;
    explanation.named ??= rule(this.judged.judgement);
    return explanation.named;
  }

  get blockedBy(): readonly PolicyLayer[] {
    const isSilent = this.verdict === "IMPLICIT_DENY" && this.kept?.named === undefined;
    const lone = isSilent ? this.lonePoint() : undefined;
    return lone !== undefined && isIdentityAlone(lone) ? ACCOUNT_LEVEL : this.ruling.blockedBy;
  }

  get judged(): JudgedAccess {
    const { explanation } = this;
    explanation.found ??= judgeAccess(this.snapshot, this.asker, this.question);
    return explanation.found;
  }

  /** A verdict is quick only where every value could be read. */
  get unreadableValues(): readonly UnreadableRequestValue[] {
    return this.verdict !== undefined && this.isQuick ? NONE : this.judged.judgement.unreadableValues;
  }

  /** One that nothing else competes with settles the question whatever the judge says of it. */
  settlingPoints(): readonly AskedPoint[] {
    const lone = this.lonePoint();
    return lone === undefined ? settlingPoints(this.judged) : [lone];
  }

  private lonePoint(): AskedPoint | undefined {
    const { explanation } = this;
    if (explanation.found !== undefined) return undefined;
    explanation.alone ??= lonePoint(this.snapshot, this.asker, this.question);
    return explanation.alone;
  }

  grants(): readonly Grant[] {
    const { explanation } = this;
    explanation.reaching ??= grantsOf(this.snapshot, this.principal);
    return explanation.reaching;
  }

  warnings(): readonly Finding[] {
    const own = warningsOf(this.snapshot, this.question, this.judged, this.ruling);
    return [...own, ...(this.more?.(this.principal, this) ?? [])];
  }
}

const NONE: readonly UnreadableRequestValue[] = [];
const ACCOUNT_LEVEL: readonly PolicyLayer[] = ["ACCOUNT_LEVEL_IDENTITY_POLICY"];

/** Policies at account scope are all that it was weighed against: a no is theirs. */
function isIdentityAlone({ request, layers }: AskedPoint): boolean {
  const { bounds, identity, resource } = layers;
  if (bounds.length > 0 || resource !== undefined || request.isForeign || typeof identity === "string") return false;
  return identity.every(({ resourceGroupId, statement }) => {
    return resourceGroupId === undefined || mayCoverAction(statement, request.foldedAction) === false;
  });
}

/** Decides a question for anybody, also for those whom only a trust or bucket policy names. */
export function decideFor(snapshot: Snapshot, asker: Asker, question: AccessQuestion): Decision {
  const judged = judgeAccess(snapshot, asker, question);
  return decisionOf(snapshot, asker, question, judged);
}

/** Names the verdict of what was judged. */
export function decisionOf(snapshot: Snapshot, asker: Asker, question: AccessQuestion, judged: JudgedAccess): Decision {
  const ruling = rule(judged.judgement);
  return {
    snapshot,
    question,
    asker,
    verdict: ruling.verdict,
    ruling,
    blockedBy: ruling.blockedBy,
    judged,
    settlingPoints: () => settlingPoints(judged),
    grants: () => (asker.principal === undefined ? [] : grantsOf(snapshot, asker.principal)),
    warnings: () => warningsOf(snapshot, question, judged, ruling),
    unreadableValues: judged.judgement.unreadableValues,
  };
}

/** The answer about a user or role that is not there, in a state where everybody is known: nobody does anything. */
export function decideAbsentPrincipal(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  question: AccessQuestion,
): Decision {
  const judgement = { allowed: FALSE, denied: FALSE, layers: [], unreadableValues: [] };
  const decision = decisionOf(
    snapshot,
    askerOf(snapshot, principal, () => []),
    question,
    { judgement, actions: [] },
  );
  const message = `there is no \`${principal.arn}\` in this state, so it may do nothing`;
  return { ...decision, warnings: () => [{ code: "ABSENT_PRINCIPAL", severity: "WARNING", message }] };
}

/**
 * The answer about somebody who is not known: they may exist and hold anything, so it is never a silent no.
 * @param reference the id or ARN that was asked about
 */
export function decideUnknownPrincipal(snapshot: Snapshot, question: AccessQuestion, reference: string): Decision {
  const judgement = { allowed: UNKNOWN, denied: UNKNOWN, layers: [], unreadableValues: [] };
  const message = `no user or role \`${reference.slice(0, 256)}\` is known at this revision`;
  const ruling = rule(judgement);
  return {
    snapshot,
    question,
    verdict: "UNDETERMINED",
    ruling,
    blockedBy: ruling.blockedBy,
    judged: { judgement, actions: [] },
    settlingPoints: () => [],
    grants: () => [],
    warnings: () => [{ code: "UNKNOWN_PRINCIPAL", severity: "WARNING", message }, ...question.remarks],
    unreadableValues: [],
  };
}
