import { type CompiledPrincipal, compareArns } from "../../grants/compiled-principal.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import { concernsBuckets } from "../access/granted-by-resources.js";
import type { Pair, Side } from "./access-change.js";
import { type CommonDifferences, commonDifferences, differingPolicies } from "./differing-facts.js";
import { touchedPrincipals } from "./touched-principals.js";

/**
 * Who has to be asked about on both sides, in the order of ARNs, and about which actions: those whom a differing policy
 * reaches, or reaches otherwise; everybody where what differs bears on everybody. Nobody else can answer differently.
 */
export function pairsToCompare(base: Snapshot, head: Snapshot): readonly Pair[] {
  const policies = differingPolicies(base, head);
  const touched = touchedPrincipals(base, head, policies);
  const common = commonDifferences(base, head, policies);
  const keys = [...touched.keys(), ...common.roles, ...concernedByCommon(base, head, common)];
  const pairs = [...new Set(keys)].flatMap((key) => pairOf(base, head, key) ?? []);
  return pairs
    .map((pair) => {
      const differing = touched.get(pair.head.principal.key) ?? new Set<Key>();
      return { ...pair, policies: differing, mayDiffer: differingActions(pair, common, differing) };
    })
    .sort((a, b) => compareArns(a.head.principal, b.head.principal));
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

/** Everybody on whom a difference may bear that is not one of the policies that reach them. */
function concernedByCommon(base: Snapshot, head: Snapshot, common: CommonDifferences): readonly Key[] {
  const { isOfBuckets, isOfResources, boundOtherwise } = common;
  const hasBuckets = base.bucketPolicies.size + head.bucketPolicies.size > 0;
  const isForAll = isOfResources || isOfBuckets || (boundOtherwise.size > 0 && hasBuckets);
  return [base, head].flatMap(({ principals, actionIndex, reachedBy }) => {
    if (isForAll) return principals.map(({ key }) => key);
    const bound = boundOtherwise.size === 0 ? [] : principals.filter(({ accountId }) => boundOtherwise.has(accountId));
    const policies = bearsOnRoles(common) ? ROLE_ACTIONS.flatMap((action) => [...actionIndex.candidates(action)]) : [];
    const assuming = [...new Set(policies)].flatMap((policy) => reachedBy.get(policy) ?? []);
    return [...bound, ...assuming].map(({ key }) => key);
  });
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
