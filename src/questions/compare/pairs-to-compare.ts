import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { reachedKeys } from "../../grants/reached-keys.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import { ASSUME_ROLE } from "../access/assume-role.js";
import type { Pair, Side } from "./access-change.js";
import { differsInCommon, roleActions } from "./common-actions.js";
import { type CommonDifferences, commonDifferences, differingPolicies, haveOtherResources } from "./differing-facts.js";
import { ofBoth } from "./of-both.js";
import { touchedPrincipals } from "./touched-principals.js";

/** How many pairs are made before others get their turn. */
const STEP = 50;

/** How many are put into a list before others get their turn. */
const ADDED = 1_000;

/**
 * Who has to be asked about on both sides, in the order of ARNs, and about which actions: those whom a differing policy
 * reaches, or reaches otherwise; everybody where what differs bears on everybody. Nobody else can answer differently. Yields now and
 * then.
 *
 * @param only leaves everybody else out
 */
export function* pairsToCompare(
  base: Snapshot,
  head: Snapshot,
  only?: Key,
): Generator<undefined, readonly Pair[], undefined> {
  const policies = yield* differingPolicies(base, head);
  const differing = { policies, hasOtherResources: yield* haveOtherResources(base, head) };
  const touched = yield* touchedPrincipals(base, head, differing);
  const common = yield* commonDifferences(base, head, differing);
  const differencesOf = differencesIn(common);
  const concerned = new Set<Key>();
  yield* addAll(concerned, touched.keys());
  yield* addAll(concerned, common.roles);
  yield* addConcerned(concerned, base, head, common);
  const keys = only === undefined ? concerned : new Set(concerned.has(only) ? [only] : []);
  const pairs: Pair[] = [];
  for (const key of yield* inOrder(keys, base, head)) {
    const sides = sidesOf(base, head, key);
    if (sides === undefined) continue;
    const own = touched.get(key) ?? NONE;
    pairs.push({ ...sides, policies: own, ...differencesOf(sides, own) });
    if (pairs.length % STEP === 0) yield undefined;
  }
  return pairs;
}

/** Keys of users and roles in the order of ARNs; those that neither side knows are left out. */
function* inOrder(
  keys: ReadonlySet<Key>,
  base: Snapshot,
  head: Snapshot,
): Generator<undefined, Iterable<Key>, undefined> {
  if (keys.size <= 1) return keys;
  const found = new Set<Key>();
  let looked = 0;
  for (const { key } of ofBoth(base.principals, head.principals)) {
    if (++looked % ADDED === 0) yield undefined;
    if (keys.has(key)) found.add(key);
  }
  return found;
}

/** Two principals, or one in two states, held against each other in everything. */
export function pairOfTwo(base: Snapshot, head: Snapshot, before: CompiledPrincipal, after: CompiledPrincipal): Pair {
  const policies = [...reachesOf(base, before.key), ...reachesOf(head, after.key)].map(({ policy }) => policy);
  return {
    base: sideOf(base, before),
    head: sideOf(head, after),
    policies: new Set(policies),
    mayDiffer: ANYTHING,
  };
}

type Sides = Pick<Pair, "base" | "head">;

function sidesOf(base: Snapshot, head: Snapshot, key: Key): Sides | undefined {
  const [before, after] = [base.principalByKey.get(key), head.principalByKey.get(key)];
  const known = after ?? before;
  if (known === undefined) return undefined;
  return { base: sideOf(base, before ?? known), head: sideOf(head, after ?? known) };
}

function sideOf(snapshot: Snapshot, principal: CompiledPrincipal): Side {
  return { snapshot, principal, isAbsent: !snapshot.principalByKey.has(principal.key) };
}

/** Adds everybody on whom a difference may bear that is not one of the policies that reach them. Yields now and then. */
function* addConcerned(
  keys: Set<Key>,
  base: Snapshot,
  head: Snapshot,
  common: CommonDifferences,
): Generator<undefined, void, undefined> {
  const { isOfBuckets, isOfResources, boundOtherwise } = common;
  const hasBuckets = base.bucketPolicies.size + head.bucketPolicies.size > 0;
  const isForAll = isOfResources || isOfBuckets || (boundOtherwise.size > 0 && hasBuckets);
  for (const state of [base, head]) {
    const bound = isForAll || boundOtherwise.size > 0 ? state.principals : [];
    const concerned = bound.filter(({ accountId }) => isForAll || boundOtherwise.has(accountId));
    const added = concerned.map(({ key }) => key);
    yield* addAll(keys, added);
    const policies = roleActions(common).flatMap((action) => [...state.actionIndex.candidates(action)]);
    for (const policy of new Set(policies)) yield* addAll(keys, reachedKeys(state, policy));
  }
}

function* addAll(keys: Set<Key>, added: Iterable<Key>): Generator<undefined, void, undefined> {
  yield undefined;
  let count = 0;
  for (const key of added) {
    keys.add(key);
    if (++count % ADDED === 0) yield undefined;
  }
}

/** What may differ for a pair. */
type MayDiffer = Pick<Pair, "mayDiffer" | "roles">;

/**
 * What may differ for a pair, given the policies by which it may: the same for all for whom nothing of their own does. Whom no own policy
 * tells apart in assuming roles differs on roles that do, as long as both states know the same accounts, bound alike.
 */
function differencesIn(common: CommonDifferences): (sides: Sides, policies: ReadonlySet<Key>) => MayDiffer {
  const inCommon = differsInCommon(common);
  const roles = common.isOfAccounts || common.boundOtherwise.size > 0 ? undefined : common.roles;
  const shared = { mayDiffer: inCommon, roles };
  return ({ base, head }, policies) => {
    const isBoundOtherwise =
      common.boundOtherwise.has(head.principal.accountId) || base.principal.serviceName !== head.principal.serviceName;
    if (common.isOfResources || isBoundOtherwise) return { mayDiffer: ANYTHING };
    if (policies.size === 0) return shared;
    const statements = [base, head].flatMap(({ snapshot }) =>
      [...policies].flatMap((policy) => snapshot.policies.get(policy)?.document.statements ?? []),
    );
    const isSaid = (action: string) => statements.some((statement) => mayCoverAction(statement, action) !== false);
    const mayDiffer = (action: string) => inCommon(action) || isSaid(action);
    return { mayDiffer, roles: isSaid(ASSUME_ROLE) ? undefined : roles };
  };
}

const ANYTHING = () => true;
const NONE: ReadonlySet<Key> = new Set();
