import { principalArn } from "../../grants/arn-of.js";
import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import { groupKey, type Key } from "../../inventory/keys.js";
import { mayNameCaller } from "../../policy/match-statement.js";
import { askerOf } from "../access/asker.js";
import { type TrustingRoles, trustingRoles } from "../assume/trusting-roles.js";
import type { Foothold } from "./foothold.js";
import type { PrimitiveTarget } from "./primitive.js";

/** What a step is aimed at. */
export interface StepTarget {
  readonly key: Key;
  readonly name: string;
  readonly arn: string;
  /** Present for users and roles. */
  readonly principal?: CompiledPrincipal;
  /** Present for policies. */
  readonly policy?: CompiledPolicy;
  /** Key and ARN of what a policy is attached to. */
  readonly holder?: { readonly key: Key; readonly arn: string };
}

/** Where targets are looked for; what was found is kept for one search. */
export interface Places {
  readonly snapshot: Snapshot;
  /** Lists of targets by what they are of. */
  readonly found: Map<string, readonly StepTarget[]>;
}

/** Service-linked roles are their service's own and roles of the catalog are in no account: neither takes part. */
export function takesPart(principal: CompiledPrincipal): boolean {
  return !isServiceLinked(principal);
}

/** How many principals are looked at before others get their turn. */
const STEP = 1_000;

type Targets = Generator<undefined, readonly StepTarget[], undefined>;

/** Users or roles of an account, in the order of ARNs. */
function* peopleOf(places: Places, kind: CompiledPrincipal["kind"], accountId: string): Targets {
  return yield* foundOnce(places, `${kind} ${accountId}`, function* () {
    const targets: StepTarget[] = [];
    for (const [place, principal] of places.snapshot.principals.entries()) {
      if (place % STEP === 0) yield undefined;
      const isMeant = principal.kind === kind && principal.accountId === accountId;
      if (isMeant && takesPart(principal)) targets.push(targetAt(principal));
    }
    return targets;
  });
}

function* foundOnce({ found }: Places, name: string, look: () => Targets): Targets {
  const known = found.get(name);
  if (known !== undefined) return known;
  const targets = yield* look();
  found.set(name, targets);
  return targets;
}

const NO_TARGET: StepTarget = { key: "", name: "", arn: "" };

/**
 * What a step of some kind can be aimed at from a foothold; one target of no name for steps that need none. Among users and roles
 * may be the one who takes the step, at whom no step is aimed. Yields now and then.
 */
export function* targetsOf(places: Places, kind: PrimitiveTarget, { principal }: Foothold): Targets {
  const { snapshot } = places;
  switch (kind) {
    case "NOTHING":
      return [NO_TARGET];
    case "OWN_GROUP":
      return groupsOf(places, principal, true);
    case "OTHER_GROUP":
      return groupsOf(places, principal, false);
    case "OWN_POLICY":
      return distinct(policiesOf(snapshot, principal)).filter(({ policy }) => policy?.policy.type === "CUSTOM");
    case "HELD_POLICY":
      return distinct(policiesOf(snapshot, principal).filter(({ holder }) => holder?.key === principal.key));
    case "GROUP_POLICY":
      return policiesOf(snapshot, principal).filter(({ holder }) => holder?.key !== principal.key);
    case "OTHER_USER":
      return yield* peopleOf(places, "USER", principal.accountId);
    case "OTHER_ROLE":
      return yield* peopleOf(places, "ROLE", principal.accountId);
    case "ANY_ROLE":
      return yield* rolesTrusting(places, principal);
  }
}

function targetAt(principal: CompiledPrincipal): StepTarget {
  return { key: principal.key, name: principal.name, arn: principal.arn, principal };
}

function distinct(targets: readonly StepTarget[]): readonly StepTarget[] {
  return [...new Map(targets.map((target) => [target.key, target])).values()];
}

function groupsOf({ snapshot }: Places, principal: CompiledPrincipal, isOwn: boolean): readonly StepTarget[] {
  const { accountId } = principal;
  const own = new Set(snapshot.groupsOfUser.get(principal.key));
  return [...snapshot.groups.values()]
    .filter((group) => group.accountId === accountId)
    .map(({ name }) => ({ key: groupKey(accountId, name), name, arn: principalArn("group", accountId, name) }))
    .filter(({ key }) => own.has(key) === isOwn);
}

function policiesOf(snapshot: Snapshot, { key, arn }: CompiledPrincipal): readonly StepTarget[] {
  const { policies, groups } = snapshot;
  return reachesOf(snapshot, key).flatMap((attachment) => {
    const policy = policies.get(attachment.policy);
    if (policy === undefined || policy.policy.type === "SERVICE_LINKED") return [];
    const { name, accountId = "system" } = policy.policy;
    const group = groups.get(attachment.principal);
    const holderArn = group === undefined ? arn : principalArn("group", group.accountId, group.name);
    const holder = { key: group === undefined ? key : attachment.principal, arn: holderArn };
    return [{ key: policy.key, name, arn: `acs:ram:*:${accountId}:policy/${name}`, policy, holder }];
  });
}

/** Most roles trust few, and one that names nobody of the kind need not be decided. In the order of ARNs. */
function* rolesTrusting(places: Places, principal: CompiledPrincipal): Targets {
  const { snapshot } = places;
  const roles = yield* trustingRoles(snapshot);
  const alike = yield* foundOnce(places, `TRUSTING ${principal.accountId}`, () =>
    trustingAlike(snapshot, roles, principal),
  );
  const personal = roles.personalFor(principal.key).flatMap(({ key }) => snapshot.principalByKey.get(key) ?? []);
  const own = personal.filter((role) => takesPart(role) && mayTrust(snapshot, role.key, principal)).map(targetAt);
  if (own.length === 0) return alike;
  yield undefined;
  return [...alike, ...own].sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

/** Roles whose trust tells nobody of an account from others: what holds for one of it holds for all. */
function* trustingAlike(snapshot: Snapshot, roles: TrustingRoles, principal: CompiledPrincipal): Targets {
  const mayTrustKind = new Map<number, boolean>();
  const targets: StepTarget[] = [];
  for (const [place, role] of snapshot.principals.entries()) {
    if (place % STEP === 0) yield undefined;
    const trusting = role.kind === "ROLE" && takesPart(role) ? roles.get(role.key) : undefined;
    if (trusting === undefined || trusting.isPersonal) continue;
    const may = mayTrustKind.get(trusting.kind) ?? mayTrust(snapshot, role.key, principal);
    mayTrustKind.set(trusting.kind, may);
    if (may) targets.push(targetAt(role));
  }
  return targets;
}

function mayTrust(snapshot: Snapshot, role: Key, principal: CompiledPrincipal): boolean {
  const asker = askerOf(snapshot, principal, () => []);
  return (snapshot.trusts.get(role) ?? []).some(({ statement }) => mayNameCaller(statement, asker) !== false);
}
