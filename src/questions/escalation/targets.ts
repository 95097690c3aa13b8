import { principalArn } from "../../grants/arn-of.js";
import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import { type CompiledPrincipal, compareArns } from "../../grants/compiled-principal.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
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
  /** Lists of users and roles by what they are of. */
  readonly found: Map<string, readonly CompiledPrincipal[]>;
  /** Of such lists, one of all who are in one account and trust alike. */
  readonly trusts: WeakMap<readonly CompiledPrincipal[], readonly CompiledPrincipal[]>;
  /** The groups of accounts. */
  readonly groups: Map<string, Groups>;
  /** The policies of whoever was asked about last, as mostly several kinds of steps are. */
  readonly policies: { of?: Key; found: readonly StepTarget[] };
}

/** The groups of an account. */
interface Groups {
  readonly all: readonly StepTarget[];
  readonly placeOf: ReadonlyMap<Key, number>;
}

export function placesIn(snapshot: Snapshot): Places {
  return { snapshot, found: new Map(), trusts: new WeakMap(), groups: new Map(), policies: { found: [] } };
}

/** Service-linked roles are their service's own and roles of the catalog are in no account: neither takes part. */
export function takesPart(principal: CompiledPrincipal): boolean {
  return !isServiceLinked(principal);
}

/** How many principals are looked at before others get their turn. */
const STEP = 1_000;

type People = Steps<readonly CompiledPrincipal[]>;

/** Of which users and roles a kind of target is. */
export type PeopleKind = Extract<PrimitiveTarget, "OTHER_USER" | "OTHER_ROLE" | "ANY_ROLE">;

export function isOfPeople(kind: PrimitiveTarget): kind is PeopleKind {
  return kind === "OTHER_USER" || kind === "OTHER_ROLE" || kind === "ANY_ROLE";
}

/**
 * Users or roles that a step of some kind can be aimed at from a foothold, in the order of ARNs. Among them may be the one who takes the
 * step, at whom no step is aimed. Yields now and then.
 */
export function* peopleFor(places: Places, kind: PeopleKind, { principal }: Foothold): People {
  switch (kind) {
    case "OTHER_USER":
      return yield* peopleOf(places, "USER", principal.accountId);
    case "OTHER_ROLE":
      return yield* peopleOf(places, "ROLE", principal.accountId);
    case "ANY_ROLE":
      return yield* rolesTrusting(places, principal);
  }
}

/** One of all who are in one account, and trust alike if they are roles. Yields now and then. */
export function* oneOfEachTrust(
  { trusts }: Places,
  people: readonly CompiledPrincipal[],
  { trustOf }: TrustingRoles,
): People {
  const known = trusts.get(people);
  if (known !== undefined) return known;
  const found = new Map<string, CompiledPrincipal>();
  for (const [at, person] of people.entries()) {
    if (at % STEP === 0) yield undefined;
    const name = `${person.accountId} ${trustOf(person.key)?.kind}`;
    if (!found.has(name)) found.set(name, person);
  }
  const one = [...found.values()];
  trusts.set(people, one);
  return one;
}

/** Users or roles of an account, in the order of ARNs. */
function* peopleOf(places: Places, kind: CompiledPrincipal["kind"], accountId: string): People {
  return yield* foundOnce(places, `${kind} ${accountId}`, function* () {
    const people: CompiledPrincipal[] = [];
    for (const [place, principal] of places.snapshot.principals.entries()) {
      if (place % STEP === 0) yield undefined;
      const isMeant = principal.kind === kind && principal.accountId === accountId;
      if (isMeant && takesPart(principal)) people.push(principal);
    }
    return people;
  });
}

function* foundOnce({ found }: Places, name: string, look: () => People): People {
  const known = found.get(name);
  if (known !== undefined) return known;
  const people = yield* look();
  found.set(name, people);
  return people;
}

const NO_TARGET: StepTarget = { key: "", name: "", arn: "" };

/** What a step of another kind can be aimed at from a foothold; one target of no name for steps that need none. */
export function targetsFor(
  places: Places,
  kind: Exclude<PrimitiveTarget, PeopleKind>,
  { principal }: Foothold,
): readonly StepTarget[] {
  switch (kind) {
    case "NOTHING":
      return [NO_TARGET];
    case "OWN_GROUP":
      return ownGroups(places, principal);
    case "OTHER_GROUP":
      return othersAmong(groupsIn(places, principal.accountId), places, principal);
    case "OWN_POLICY":
      return distinct(policiesOf(places, principal)).filter(({ policy }) => policy?.policy.type === "CUSTOM");
    case "HELD_POLICY":
      return distinct(policiesOf(places, principal).filter(({ holder }) => holder?.key === principal.key));
    case "GROUP_POLICY":
      return policiesOf(places, principal).filter(({ holder }) => holder?.key !== principal.key);
  }
}

/** Of a class: of most neither ARN nor name is read. */
class Person implements StepTarget {
  constructor(readonly principal: CompiledPrincipal) {}

  get key(): Key {
    return this.principal.key;
  }

  get name(): string {
    return this.principal.name;
  }

  get arn(): string {
    return this.principal.arn;
  }
}

export function targetAt(principal: CompiledPrincipal): StepTarget {
  return new Person(principal);
}

function distinct(targets: readonly StepTarget[]): readonly StepTarget[] {
  return [...new Map(targets.map((target) => [target.key, target])).values()];
}

function ownGroups(places: Places, { key, accountId }: CompiledPrincipal): readonly StepTarget[] {
  const own = places.snapshot.groupsOfUser.get(key);
  if (own === undefined) return [];
  const { all, placeOf } = groupsAt(places, accountId);
  const at = own.flatMap((group) => placeOf.get(group) ?? []).sort((a, b) => a - b);
  return at.flatMap((place) => all[place] ?? []);
}

/** Those of some groups that a user is not in. */
export function othersAmong(
  targets: readonly StepTarget[],
  { snapshot }: Places,
  { key }: CompiledPrincipal,
): readonly StepTarget[] {
  const own = new Set(snapshot.groupsOfUser.get(key));
  return own.size === 0 ? targets : targets.filter((group) => !own.has(group.key));
}

/** The groups of an account. */
export function groupsIn(places: Places, accountId: string): readonly StepTarget[] {
  return groupsAt(places, accountId).all;
}

function groupsAt({ snapshot, groups }: Places, accountId: string): Groups {
  const known = groups.get(accountId);
  if (known !== undefined) return known;
  const all = [...snapshot.groups.values()]
    .filter((group) => group.accountId === accountId)
    .map(({ name }) => ({ key: groupKey(accountId, name), name, arn: principalArn("group", accountId, name) }));
  const found = { all, placeOf: new Map(all.map(({ key }, place) => [key, place])) };
  groups.set(accountId, found);
  return found;
}

function groupTarget(places: Places, accountId: string, key: Key): StepTarget | undefined {
  const { all, placeOf } = groupsAt(places, accountId);
  return all[placeOf.get(key) ?? -1];
}

/** Each custom or system policy that reaches somebody, by every way that it does. */
function policiesOf(places: Places, principal: CompiledPrincipal): readonly StepTarget[] {
  const { policies } = places;
  if (policies.of !== principal.key) {
    policies.found = findPolicies(places, principal);
    policies.of = principal.key;
  }
  return policies.found;
}

function findPolicies(places: Places, { key, arn }: CompiledPrincipal): readonly StepTarget[] {
  const { policies, groups } = places.snapshot;
  const self = { key, arn };
  return reachesOf(places.snapshot, key).flatMap((attachment) => {
    const policy = policies.get(attachment.policy);
    if (policy === undefined || policy.policy.type === "SERVICE_LINKED") return [];
    const { name, accountId = "system" } = policy.policy;
    const group = attachment.principal === key ? undefined : groups.get(attachment.principal);
    const holder = (group && groupTarget(places, group.accountId, attachment.principal)) ?? self;
    return [{ key: policy.key, name, arn: `acs:ram:*:${accountId}:policy/${name}`, policy, holder }];
  });
}

/** Most roles trust few, and one that names nobody of the kind need not be decided. In the order of ARNs. */
function* rolesTrusting(places: Places, principal: CompiledPrincipal): People {
  const { snapshot } = places;
  const roles = yield* trustingRoles(snapshot);
  const alike = yield* foundOnce(places, `TRUSTING ${principal.accountId}`, () =>
    trustingAlike(snapshot, roles, principal),
  );
  const personal = roles.personalFor(principal.key).flatMap(({ key }) => snapshot.principalByKey.get(key) ?? []);
  const own = personal.filter((role) => takesPart(role) && mayTrust(snapshot, role.key, principal));
  if (own.length === 0) return alike;
  yield undefined;
  return [...alike, ...own].sort(compareArns);
}

/** Roles whose trust tells nobody of an account from others: what holds for one of it holds for all. */
function* trustingAlike(snapshot: Snapshot, roles: TrustingRoles, principal: CompiledPrincipal): People {
  const mayTrustKind = new Map<number, boolean>();
  const people: CompiledPrincipal[] = [];
  for (const [place, role] of snapshot.principals.entries()) {
    if (place % STEP === 0) yield undefined;
    const trusting = role.kind === "ROLE" && takesPart(role) ? roles.get(role.key) : undefined;
    if (trusting === undefined || trusting.isPersonal) continue;
    const may = mayTrustKind.get(trusting.kind) ?? mayTrust(snapshot, role.key, principal);
    mayTrustKind.set(trusting.kind, may);
    if (may) people.push(role);
  }
  return people;
}

function mayTrust(snapshot: Snapshot, role: Key, principal: CompiledPrincipal): boolean {
  const asker = askerOf(snapshot, principal, () => []);
  return (snapshot.trusts.get(role) ?? []).some(({ statement }) => mayNameCaller(statement, asker) !== false);
}
