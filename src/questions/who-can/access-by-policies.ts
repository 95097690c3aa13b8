import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import { postingsOf } from "../../grants/postings.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import type { Key } from "../../inventory/keys.js";
import type { Verdict } from "../../policy/decide.js";
import type { AccessQuestion } from "../access/access-question.js";
import { type Decision, decideAccess } from "../access/decision.js";
import { effectOf, namesCallers, type PolicyEffect } from "./policy-effect.js";
import type { KnownAccess } from "./principal-access.js";

/** What is known of a principal: bits that several policies set. */
const ALLOWED = 1;
const DENIED = 2;
/** Has to be decided: a condition, a resource group or a layer that binds others makes a difference. */
const CLOSER = 4;

/** Whom to list: kinds of verdict that are no denial, and who is asked about. */
interface Wanted {
  readonly verdicts: ReadonlySet<Verdict>;
  readonly isConsidered: (principal: CompiledPrincipal) => boolean;
}

/**
 * Who may do it, found policy by policy: each is weighed once for each account, and principals are only counted together. Where
 * policies leave it open, each distinct set of them is decided once. In the order of ARNs.
 *
 * @param policies all that may say something about the action
 * @returns undefined when a value of the question cannot be read; what to say of it takes a decision
 */
export function accessByPolicies(
  snapshot: Snapshot,
  question: AccessQuestion,
  policies: ReadonlySet<Key>,
  { verdicts, isConsidered }: Wanted,
): readonly KnownAccess[] | undefined {
  const effects = rememberEffects(snapshot, question);
  const marks = markPrincipals(snapshot, policies, effects);
  if (marks === undefined) return undefined;
  const verdictOf = verdictsBySet(snapshot, question, policies, effects);
  const rows: KnownAccess[] = [];
  for (let place = 0; place < marks.length; place++) {
    const mark = marks[place] ?? 0;
    const principal = mark === 0 ? undefined : snapshot.principals[place];
    if (principal === undefined || ((mark & CLOSER) === 0 && mark !== ALLOWED) || !isConsidered(principal)) continue;
    const verdict = mark === ALLOWED ? "ALLOWED" : verdictOf(principal);
    if (verdicts.has(verdict)) rows.push(new LazyAccess(snapshot, question, principal, policies));
  }
  return rows;
}

type Effects = (policy: Key, accountId: string) => PolicyEffect;

function rememberEffects(snapshot: Snapshot, question: AccessQuestion): Effects {
  const known = new Map<string, Map<Key, PolicyEffect>>();
  return (policy, accountId) => {
    const ofAccount = known.get(accountId) ?? new Map<Key, PolicyEffect>();
    known.set(accountId, ofAccount);
    const compiled = snapshot.policies.get(policy);
    const effect =
      ofAccount.get(policy) ?? (compiled === undefined ? "NONE" : effectOf(snapshot, question, compiled, accountId));
    ofAccount.set(policy, effect);
    return effect;
  };
}

const MARK_OF: Readonly<Record<PolicyEffect, number>> = {
  NONE: 0,
  ALLOWS: ALLOWED,
  DENIES: DENIED,
  OPEN: CLOSER,
  UNREADABLE_VALUE: CLOSER,
};

function markPrincipals(snapshot: Snapshot, policies: ReadonlySet<Key>, effects: Effects): Uint8Array | undefined {
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
        const effect = effects(policy, accountId);
        if (effect === "UNREADABLE_VALUE") return undefined;
        mark = MARK_OF[effect];
        isSaying ||= mark !== 0;
      }
      const isFree = bindsSome && isServiceLinked(principal);
      marks[place] = (marks[place] ?? 0) | (isFree ? CLOSER : mark);
    }
    if (isSaying) for (const place of postings.scoped(policy)) marks[place] = CLOSER;
  }
  return marks;
}

/** Decides principals, those whom the same policies reach at the same scopes once. */
function verdictsBySet(
  snapshot: Snapshot,
  question: AccessQuestion,
  policies: ReadonlySet<Key>,
  effects: Effects,
): (principal: CompiledPrincipal) => Verdict {
  const known = new Map<string, Verdict>();
  const isPersonal = (policy: Key) => snapshot.policies.get(policy)?.grants.some(namesCallers) ?? false;
  return (principal) => {
    const isFree = isServiceLinked(principal);
    const saying = reachesOf(snapshot, principal.key).filter(
      ({ policy }) => policies.has(policy) && (isFree || effects(policy, principal.accountId) !== "NONE"),
    );
    const set = saying.map(({ policy, resourceGroupId }) => [policy, resourceGroupId ?? null]);
    const key = JSON.stringify([principal.accountId, isFree, set]);
    const only = new Set(saying.map(({ policy }) => policy));
    const verdict =
      known.get(key) ?? decideAccess(snapshot, principal, question, grantsOf(snapshot, principal, only)).verdict;
    if (!saying.some(({ policy }) => isPersonal(policy))) known.set(key, verdict);
    return verdict;
  };
}

/** A row whose decision is worked out when it is read: a page shows a few of very many. */
class LazyAccess implements KnownAccess {
  #decision: Decision | undefined;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly question: AccessQuestion,
    readonly principal: CompiledPrincipal,
    private readonly policies: ReadonlySet<Key>,
  ) {}

  get decision(): Decision {
    const { snapshot, question, principal, policies } = this;
    this.#decision ??= decideAccess(snapshot, principal, question, grantsOf(snapshot, principal, policies));
    return this.#decision;
  }
}
