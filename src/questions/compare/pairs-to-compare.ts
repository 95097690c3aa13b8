import { type CompiledPrincipal, compareArns } from "../../grants/compiled-principal.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { sortInSteps } from "../../grants/sort-in-steps.js";
import type { Key } from "../../inventory/keys.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import { concernsBuckets } from "../access/granted-by-resources.js";
import type { Pair, Side } from "./access-change.js";
import { type CommonDifferences, commonDifferences, differingPolicies } from "./differing-facts.js";
import { touchedPrincipals } from "./touched-principals.js";

/** How many pairs are made before others get their turn. */
const STEP = 50;

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
  const policies = differingPolicies(base, head);
  const touched = touchedPrincipals(base, head, policies);
  yield undefined;
  const common = commonDifferences(base, head, policies);
  yield undefined;
  const keys = new Set([...touched.keys(), ...common.roles, ...(yield* concernedByCommon(base, head, common))]);
  const pairs: Pair[] = [];
  for (const key of keys) {
    const pair = only === undefined || only === key ? pairOf(base, head, key) : undefined;
    if (pair === undefined) continue;
    const differing = touched.get(pair.head.principal.key) ?? new Set<Key>();
    pairs.push({ ...pair, policies: differing, mayDiffer: differingActions(pair, common, differing) });
    if (pairs.length % STEP === 0) yield undefined;
  }
  return yield* inOrder(pairs);
}

function* inOrder(pairs: readonly Pair[]): Generator<undefined, readonly Pair[], undefined> {
  const principals = pairs.map(({ head }) => head.principal);
  const compare = (a: number, b: number): number => {
    const [one, other] = [principals[a], principals[b]];
    return one === undefined || other === undefined ? 0 : compareArns(one, other);
  };
  const order = yield* sortInSteps(pairs.length, compare);
  return [...order].flatMap((at) => pairs[at] ?? []);
}

/** Two principals, or one in two states, held against each other in everything. */
export function pairOfTwo(base: Snapshot, head: Snapshot, before: CompiledPrincipal, after: CompiledPrincipal): Pair {
  const policies = [...reachesOf(base, before.key), ...reachesOf(head, after.key)].map(({ policy }) => policy);
  return {
    base: sideOf(base, before),
    head: sideOf(head, after),
    policies: new Set(policies),
    mayDiffer: () => true,
  };
}

/** One principal in two states; undefined where neither has it. */
export function pairOf(base: Snapshot, head: Snapshot, key: Key): Pair | undefined {
  const [before, after] = [base.principalByKey.get(key), head.principalByKey.get(key)];
  const known = after ?? before;
  return known === undefined ? undefined : pairOfTwo(base, head, before ?? known, after ?? known);
}

function sideOf(snapshot: Snapshot, principal: CompiledPrincipal): Side {
  return { snapshot, principal, isAbsent: !snapshot.principalByKey.has(principal.key) };
}

/** Actions whose answers hang on what roles there are. */
const ROLE_ACTIONS = ["sts:assumerole", "ram:createservicelinkedrole", "ram:deleteservicelinkedrole"];

/** Everybody on whom a difference may bear that is not one of the policies that reach them. Yields now and then. */
function* concernedByCommon(
  base: Snapshot,
  head: Snapshot,
  common: CommonDifferences,
): Generator<undefined, ReadonlySet<Key>, undefined> {
  const { isOfBuckets, isOfResources, boundOtherwise } = common;
  const hasBuckets = base.bucketPolicies.size + head.bucketPolicies.size > 0;
  const isForAll = isOfResources || isOfBuckets || (boundOtherwise.size > 0 && hasBuckets);
  const concerned = new Set<Key>();
  for (const { principals, actionIndex, reachedBy } of [base, head]) {
    const bound = isForAll || boundOtherwise.size > 0 ? principals : [];
    for (const { key, accountId } of bound) if (isForAll || boundOtherwise.has(accountId)) concerned.add(key);
    yield undefined;
    const policies = bearsOnRoles(common) ? ROLE_ACTIONS.flatMap((action) => [...actionIndex.candidates(action)]) : [];
    for (const policy of new Set(policies)) {
      for (const { key } of reachedBy.get(policy) ?? []) concerned.add(key);
      yield undefined;
    }
  }
  return concerned;
}

function bearsOnRoles({ roles, isOfAccounts, boundOtherwise }: CommonDifferences): boolean {
  return roles.size > 0 || isOfAccounts || boundOtherwise.size > 0;
}

function differingActions(
  { base, head }: Pair,
  common: CommonDifferences,
  policies: ReadonlySet<Key>,
): Pair["mayDiffer"] {
  const isBoundOtherwise =
    common.boundOtherwise.has(head.principal.accountId) || base.principal.serviceName !== head.principal.serviceName;
  if (common.isOfResources || isBoundOtherwise) return () => true;
  const statements = [base, head].flatMap(({ snapshot }) =>
    [...policies].flatMap((policy) => snapshot.policies.get(policy)?.document.statements ?? []),
  );
  const roleActions = new Set(bearsOnRoles(common) ? ROLE_ACTIONS : []);
  const isOfBuckets = common.isOfBuckets || common.boundOtherwise.size > 0;
  return (action) =>
    roleActions.has(action) ||
    (isOfBuckets && concernsBuckets(action)) ||
    statements.some((statement) => mayCoverAction(statement, action) !== false);
}
