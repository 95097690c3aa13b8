import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT, type Key } from "../../inventory/keys.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Verdict } from "../../policy/decide.js";
import type { AccessQuestion, Taken } from "../access/access-question.js";
import { type AnswerCoverage, accountsOf, coverageOf } from "../access/coverage.js";
import { type Decision, decideAccess } from "../access/decision.js";
import { isGrantedByResources } from "../access/granted-by-resources.js";
import { refusalOf } from "../access/unreadable-value.js";
import { VERDICT_RANK } from "../access/verdict-rank.js";

/** A service-linked role is a role as well. */
export type PrincipalType = "ROLE" | "SERVICE_LINKED_ROLE" | "USER" | "SERVICE" | "EXTERNAL";

export interface WhoCanScope {
  readonly verdicts: ReadonlySet<Verdict>;
  /** Absent for all. A service-linked role is a role as well. */
  readonly types?: ReadonlySet<PrincipalType>;
  /** Absent: every imported account, or the catalog as long as there is none. */
  readonly accountIds?: ReadonlySet<string>;
  readonly order?: { readonly field: "NAME" | "VERDICT"; readonly isDescending: boolean };
}

export interface PrincipalAccess {
  readonly principal: CompiledPrincipal;
  readonly decision: Decision;
}

export interface WhoCanAnswer {
  readonly rows: readonly PrincipalAccess[];
  readonly coverage: AnswerCoverage;
}

/**
 * Which principals may do this? The index proposes the policies that may say something about the actions; only principals
 * that one of them reaches are decided, the others are silent denials.
 */
export function whoCan(snapshot: Snapshot, question: AccessQuestion, scope: WhoCanScope): Taken<WhoCanAnswer> {
  const policies = candidatePolicies(snapshot, question);
  const considered = principalsIn(snapshot, scope);
  const mayBeAnyone = scope.verdicts.has("IMPLICIT_DENY") || isGrantedByResources(snapshot, question.actions);
  const decided = considered.filter(mayBeAnyone ? () => true : reachedBy(snapshot, policies));
  const decisions = decided.map((principal): PrincipalAccess => {
    const grants = grantsOf(snapshot, principal, policies);
    return { principal, decision: decideAccess(snapshot, principal, question, grants) };
  });
  const refusal = refusalOf(
    decisions.map(({ decision }) => decision),
    "",
  );
  if (refusal !== undefined) return refusal;
  const rows = decisions.filter(({ decision }) => scope.verdicts.has(decision.verdict));
  const services = new Set(question.actions.parts.map(({ name }) => serviceOfAction(name)));
  const coverage = coverageOf(snapshot, { accountIds: accountsOf(considered), services, policies });
  return { value: { rows: sortRows(rows, scope), coverage } };
}

/** Policies that may say something about one of the actions. May name too many, never misses one. */
export function candidatePolicies({ actionIndex }: Snapshot, { actions }: AccessQuestion): ReadonlySet<Key> {
  const policies = new Set<Key>();
  for (const { name } of actions.parts) {
    for (const policy of actionIndex.candidates(asciiLower(name))) policies.add(policy);
  }
  return policies;
}

function reachedBy(snapshot: Snapshot, policies: ReadonlySet<Key>): (principal: CompiledPrincipal) => boolean {
  const reached = new Set<CompiledPrincipal>();
  for (const policy of policies) {
    for (const index of snapshot.reachedBy.get(policy) ?? []) {
      const principal = snapshot.principals[index];
      if (principal !== undefined) reached.add(principal);
    }
  }
  return (principal) => reached.has(principal);
}

function principalsIn({ principals, accounts }: Snapshot, scope: WhoCanScope): readonly CompiledPrincipal[] {
  const hasAccounts = [...accounts.keys()].some((id) => id !== CATALOG_ACCOUNT);
  return principals.filter(({ accountId, kind, serviceName }) => {
    const isAsked =
      scope.accountIds?.has(accountId) ?? (hasAccounts ? accountId !== CATALOG_ACCOUNT : accountId === CATALOG_ACCOUNT);
    if (!isAsked || scope.types === undefined) return isAsked;
    return scope.types.has(kind) || (serviceName !== undefined && scope.types.has("SERVICE_LINKED_ROLE"));
  });
}

/** Stable: principals come in the order of ARNs, which breaks every tie. */
function sortRows(rows: readonly PrincipalAccess[], { order }: WhoCanScope): readonly PrincipalAccess[] {
  if (order === undefined) return rows;
  const sign = order.isDescending ? -1 : 1;
  const compare =
    order.field === "NAME"
      ? (a: PrincipalAccess, b: PrincipalAccess) => compareText(a.principal.name, b.principal.name)
      : (a: PrincipalAccess, b: PrincipalAccess) => VERDICT_RANK[a.decision.verdict] - VERDICT_RANK[b.decision.verdict];
  return rows.toSorted((a, b) => sign * compare(a, b));
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
