import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { groupBy } from "../../grants/group-by.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT, type Key } from "../../inventory/keys.js";
import type { Group } from "../../inventory/principal.js";
import type { Context } from "../../policy/conditions/context.js";
import { outsider } from "../access/asker.js";
import { type Decision, decideFor } from "../access/decision.js";
import { isPlainNo } from "../assume/assume-edges.js";
import { assumeQuestion } from "../assume/assume-question.js";
import { administratorDecision } from "./administrator.js";
import { type Foothold, footholdOf } from "./foothold.js";
import { memo } from "./memo.js";

/** What a path has to lead to: one user or role; absent, an administrator of any account. */
export type Goal = Key | undefined;

/** Somebody who is there, and the decision that says so; that is absent where a certain principal was the goal. */
export interface Arrival {
  readonly decision?: Decision;
}

/** Everything that the searches of one question share. What was decided once is kept. */
export interface Search {
  readonly snapshot: Snapshot;
  readonly context: Context;
  readonly goal: Goal;
  readonly rolesIn: ReadonlyMap<string, readonly CompiledPrincipal[]>;
  readonly usersIn: ReadonlyMap<string, readonly CompiledPrincipal[]>;
  readonly groupsIn: ReadonlyMap<string, readonly Group[]>;
  /** Is the foothold what the question is after? */
  readonly arrivalAt: (foothold: Foothold) => Arrival | undefined;
  readonly footholdOf: (principal: CompiledPrincipal) => Foothold;
  /** Does the role trust the service? Undefined for a plain no. */
  readonly trustOf: (role: CompiledPrincipal, service: string) => Decision | undefined;
}

/** Service-linked roles are their service's own and roles of the catalog are in no account: neither takes part. */
export function takesPart({ accountId, serviceName }: CompiledPrincipal): boolean {
  return accountId !== CATALOG_ACCOUNT && serviceName === undefined;
}

export function startSearch(snapshot: Snapshot, context: Context, goal: Goal): Search {
  const ofKind = (kind: string) =>
    groupBy(
      snapshot.principals.filter((each) => each.kind === kind && takesPart(each)),
      ({ accountId }) => accountId,
    );
  const arrive = (foothold: Foothold): Arrival | undefined => {
    if (goal !== undefined) return foothold.principal.key === goal ? {} : undefined;
    const decision = administratorDecision(snapshot, foothold, context);
    return decision && { decision };
  };
  const trust = (role: CompiledPrincipal, serviceName: string) => {
    const question = assumeQuestion(role, context);
    const decision = question && decideFor(snapshot, outsider({ kind: "SERVICE", serviceName }), question);
    return decision === undefined || isPlainNo(decision) ? undefined : decision;
  };
  const footholds = memo(
    ({ key }: CompiledPrincipal) => key,
    (principal) => footholdOf(snapshot, principal),
  );
  const trusts = memo(
    ([role, service]: readonly [CompiledPrincipal, string]) => `${role.key} ${service}`,
    ([role, service]) => trust(role, service),
  );
  return {
    snapshot,
    context,
    goal,
    rolesIn: ofKind("ROLE"),
    usersIn: ofKind("USER"),
    groupsIn: groupBy(snapshot.groups.values(), ({ accountId }) => accountId),
    arrivalAt: memo(({ key }: Foothold) => key, arrive),
    footholdOf: footholds,
    trustOf: (role, service) => trusts([role, service]),
  };
}
