import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import { postingsOf } from "../../grants/postings.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import type { Key } from "../../inventory/keys.js";
import type { Verdict } from "../../policy/decide.js";
import type { AccessQuestion } from "../access/access-question.js";
import { type Decision, decideAccess } from "../access/decision.js";
import { decideSets } from "./decide-sets.js";
import { type PolicyEffect, type PolicyEffects, weighPolicies } from "./policy-effects.js";
import type { KnownAccess } from "./principal-access.js";

/** What is known of a principal: bits that several policies set. */
const MARK_OF: Readonly<Record<PolicyEffect, number>> = {
  NONE: 0,
  ALLOWS: 1,
  DENIES: 2,
  MAY_ALLOW: 4,
  OPEN: 8,
  UNREADABLE_VALUE: 8,
};
/** A resource group, or a layer that binds others, makes a difference: nothing that was marked counts. */
const APART = 16;

/** Whom to list: kinds of verdict that are no denial, and who is asked about. */
interface Wanted {
  readonly verdicts: ReadonlySet<Verdict>;
  readonly isConsidered: (principal: CompiledPrincipal) => boolean;
}

/**
 * Who may do it, found policy by policy: each is weighed once for each account, and principals are only counted together. Where
 * policies leave it open, each distinct set of them is decided once. In the order of ARNs.
 *
 * @param question one that `isAnsweredByPolicies`
 * @param policies all that may say something about the action
 * @returns undefined when a value of the question cannot be read; what to say of it takes a decision
 */
export function accessByPolicies(
  snapshot: Snapshot,
  question: AccessQuestion,
  policies: ReadonlySet<Key>,
  { verdicts, isConsidered }: Wanted,
): readonly KnownAccess[] | undefined {
  const effects = weighPolicies(snapshot, question);
  const marks = markPrincipals(snapshot, policies, effects);
  if (marks === undefined) return undefined;
  const verdictOf = decideSets(snapshot, question, policies, effects);
  const rows: KnownAccess[] = [];
  for (let place = 0; place < marks.length; place++) {
    const mark = marks[place] ?? 0;
    const principal = isSilent(mark) ? undefined : snapshot.principals[place];
    if (principal === undefined || !isConsidered(principal)) continue;
    const verdict = isAllowedOutright(mark) ? "ALLOWED" : verdictOf(principal);
    if (verdicts.has(verdict)) rows.push(new LazyAccess(snapshot, question, principal, policies));
  }
  return rows;
}

/** Nothing speaks of it, or what denies is certain to reach it. */
function isSilent(mark: number): boolean {
  return mark === 0 || (mark & (MARK_OF.DENIES | APART)) === MARK_OF.DENIES;
}

function isAllowedOutright(mark: number): boolean {
  return (mark & (MARK_OF.ALLOWS | MARK_OF.DENIES | MARK_OF.OPEN | APART)) === MARK_OF.ALLOWS;
}

function markPrincipals(
  snapshot: Snapshot,
  policies: ReadonlySet<Key>,
  { effectOf }: PolicyEffects,
): Uint8Array | undefined {
  const { principals } = snapshot;
  const postings = postingsOf(snapshot);
  const bindsSome = snapshot.controlLevels.size > 0;
  const marks = new Uint8Array(principals.length);
  for (const policy of policies) {
    let [accountId, mark, isSaying] = ["", 0, false];
    for (const place of postings.reached(policy)) {
      const principal = principals[place];
      if (principal === undefined) continue;
      if (principal.accountId !== accountId) {
        accountId = principal.accountId;
        const effect = effectOf(policy, accountId);
        if (effect === "UNREADABLE_VALUE") return undefined;
        mark = MARK_OF[effect];
        isSaying ||= mark !== 0;
      }
      marks[place] = (marks[place] ?? 0) | (bindsSome && isServiceLinked(principal) ? APART : mark);
    }
    if (isSaying) for (const place of postings.scoped(policy)) marks[place] = (marks[place] ?? 0) | APART;
  }
  return marks;
}

/** A row whose decision is worked out when it is read: a page shows a few of very many. */
class LazyAccess implements KnownAccess {
  private decided: Decision | undefined;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly question: AccessQuestion,
    readonly principal: CompiledPrincipal,
    private readonly policies: ReadonlySet<Key>,
  ) {}

  get decision(): Decision {
    const { snapshot, question, principal, policies } = this;
    this.decided ??= decideAccess(snapshot, principal, question, () => grantsOf(snapshot, principal, policies));
    return this.decided;
  }
}
