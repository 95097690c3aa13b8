import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import { CATALOG_ACCOUNT, type Key } from "../../inventory/keys.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import type { AccessQuestion, Taken } from "../access/access-question.js";
import {
  type AnswerCoverage,
  accountsNotImported,
  coverageOf,
  ownersNotImported,
  unknownActions,
} from "../access/coverage.js";
import { isGrantedByResources } from "../access/granted-by-resources.js";
import { refusalOf } from "../access/unreadable-value.js";
import { asksForDenials, VERDICT_RANK } from "../access/verdict-rank.js";
import { candidatePolicies, directAccess, reachedBy } from "./direct-access.js";
import { outsideAccess } from "./outside-access.js";
import type { KnownAccess, PrincipalAccess, WhoCanScope } from "./principal-access.js";
import { reachedAccess } from "./reached-access.js";
import { sortAccess } from "./sort-access.js";

export interface WhoCanAnswer {
  readonly rows: readonly PrincipalAccess[];
  readonly coverage: AnswerCoverage;
}

/**
 * Which principals may do this? The index proposes the policies that may say something about the actions; only principals
 * that one of them reaches are decided, the others are denied, by silence or by a layer that binds everybody. Imported
 * principals come in the order of ARNs, then those outside.
 */
export function whoCan(snapshot: Snapshot, question: AccessQuestion, scope: WhoCanScope): Taken<WhoCanAnswer> {
  const policies = candidatePolicies(snapshot, question);
  const considered = principalsIn(snapshot, scope);
  const mayBeAnyone = asksForDenials(scope.verdicts) || isGrantedByResources(snapshot, question.actions);
  const candidates = considered.filter(mayBeAnyone ? () => true : reachedBy(snapshot, policies));
  const direct = directAccess(snapshot, question, candidates);
  const known = scope.reach === "ASSUMED" ? withReached(direct, reachedAccess(snapshot, question, considered)) : direct;
  const decided = [...known, ...outsideAccess(snapshot, question, scope)];
  const refusal = refusalOf(
    decided.map(({ decision }) => decision),
    "",
  );
  if (refusal !== undefined) return refusal;
  const rows = decided.filter(({ decision }) => scope.verdicts.has(decision.verdict));
  const { gaps } = whoCanCoverage(snapshot, question, scope, policies);
  const named = [...accountsNotImported(snapshot, scope.accountIds ?? new Set()), ...unknownActions(question)];
  const coverage = { gaps: [...named, ...gaps] };
  return { value: { rows: sortAccess(rows, scope.order), coverage } };
}

/** Of two ways the better counts; doing it oneself goes before getting there. */
function withReached(direct: readonly KnownAccess[], reached: readonly KnownAccess[]): readonly KnownAccess[] {
  const best = new Map(direct.map((row) => [row.principal.key, row]));
  for (const row of reached) {
    const own = best.get(row.principal.key);
    if (own === undefined || rankOf(row) > rankOf(own)) best.set(row.principal.key, row);
  }
  return [...best.values()].toSorted(({ principal: a }, { principal: b }) => (a.arn < b.arn ? -1 : 1));
}

function rankOf({ decision }: PrincipalAccess): number {
  return VERDICT_RANK[decision.verdict];
}

function whoCanCoverage(
  snapshot: Snapshot,
  question: AccessQuestion,
  scope: WhoCanScope,
  policies: ReadonlySet<Key>,
): AnswerCoverage {
  const accountIds = accountsAsked(snapshot, scope);
  const services = new Set(question.actions.parts.map(({ name }) => serviceOfAction(name)));
  const reachesOut = scope.reach === "ASSUMED";
  const { gaps } = coverageOf(snapshot, { accountIds, services, policies, reachesOut });
  return { gaps: accountIds.size === 0 ? gaps : [...gaps, ...ownersNotImported(snapshot, question.resource)] };
}

/** Also those in which nobody is known: that may be for want of the lists of users and roles. */
function accountsAsked({ accounts }: Snapshot, { accountIds }: WhoCanScope): ReadonlySet<string> {
  const imported = [...accounts.keys()].filter((id) => id !== CATALOG_ACCOUNT);
  return new Set(imported.filter((id) => accountIds?.has(id) ?? true));
}

function principalsIn({ principals, accounts }: Snapshot, scope: WhoCanScope): readonly CompiledPrincipal[] {
  const hasAccounts = [...accounts.keys()].some((id) => id !== CATALOG_ACCOUNT);
  return principals.filter((principal) => {
    const { accountId, kind } = principal;
    const isAsked =
      scope.accountIds?.has(accountId) ?? (hasAccounts ? accountId !== CATALOG_ACCOUNT : accountId === CATALOG_ACCOUNT);
    if (!isAsked || scope.types === undefined) return isAsked;
    return scope.types.has(kind) || (isServiceLinked(principal) && scope.types.has("SERVICE_LINKED_ROLE"));
  });
}
