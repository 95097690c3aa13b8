import type { InventoryChange } from "../inventory/inventory-change.js";
import { keyOfPolicy } from "../inventory/key-of-policy.js";
import { groupKey, type Key, roleKey, userKey } from "../inventory/keys.js";
import { type CompiledPrincipal, compareArns } from "./compiled-principal.js";
import { editSorted } from "./edit-sorted.js";
import { goneKeys, overlay } from "./overlay-map.js";
import { reachesOf } from "./reaches-of.js";
import type { Snapshot } from "./snapshot.js";

/** What decides whom a policy reaches. */
type Reaching = Pick<
  Snapshot,
  "attachmentsOfPrincipal" | "attachmentsOfPolicy" | "groupsOfUser" | "usersOfGroup" | "principalByKey"
>;

/** Whom each policy reaches: only the policies and principals between which something changed are looked at. */
export function updateReached(before: Snapshot, after: Reaching, change: InventoryChange): Snapshot["reachedBy"] {
  const gone = new Set(goneKeys(change.policies, keyOfPolicy));
  const put = new Map<Key, readonly CompiledPrincipal[]>();
  for (const [policy, principals] of touchedPairs(before, after, change, gone)) {
    const reached = reachedNow(before, after, policy, principals);
    if (reached.length === 0) gone.add(policy);
    else put.set(policy, reached);
  }
  return overlay(before.reachedBy, { put, gone });
}

/** Principals that a change may have brought to a policy or taken from it, by policy; policies that are gone left out. */
function touchedPairs(
  before: Snapshot,
  after: Reaching,
  { users, roles, memberships, attachments }: InventoryChange,
  policiesGone: ReadonlySet<Key>,
): ReadonlyMap<Key, ReadonlySet<Key>> {
  const pairs = new Map<Key, Set<Key>>();
  const touch = (policy: Key, principals: Iterable<Key>) => {
    const known = pairs.get(policy) ?? new Set<Key>();
    pairs.set(policy, known);
    for (const principal of principals) known.add(principal);
  };
  for (const { policy, principal } of [...(attachments?.put ?? []), ...(attachments?.gone ?? [])]) {
    if (policiesGone.has(policy)) continue;
    touch(policy, [
      principal,
      ...(before.usersOfGroup.get(principal) ?? []),
      ...(after.usersOfGroup.get(principal) ?? []),
    ]);
  }
  for (const { accountId, group, user } of [...(memberships?.put ?? []), ...(memberships?.gone ?? [])]) {
    for (const state of [before, after]) {
      for (const { policy } of state.attachmentsOfPrincipal.get(groupKey(accountId, group)) ?? []) {
        if (policiesGone.has(policy)) continue;
        touch(policy, [userKey(accountId, user)]);
      }
    }
  }
  const others = [
    ...[...(users?.put ?? []), ...(users?.gone ?? [])].map(({ accountId, name }) => userKey(accountId, name)),
    ...[...(roles?.put ?? []), ...(roles?.gone ?? [])].map(({ accountId, name }) => roleKey(accountId, name)),
  ];
  for (const key of others) {
    for (const { policy } of [...reachesOf(before, key), ...reachesOf(after, key)]) {
      if (!policiesGone.has(policy)) touch(policy, [key]);
    }
  }
  return pairs;
}

/** Those who were there before go out and come in again as they are now. */
function reachedNow(before: Snapshot, after: Reaching, policy: Key, touched: ReadonlySet<Key>) {
  const old = [...touched].flatMap((key) => before.principalByKey.get(key) ?? []);
  const known = new Map<Key, boolean>();
  const carries = (key: Key): boolean => {
    const found =
      known.get(key) ?? after.attachmentsOfPrincipal.get(key)?.some((row) => row.policy === policy) ?? false;
    known.set(key, found);
    return found;
  };
  const reached = [...touched].flatMap((key) => {
    const isReached = carries(key) || after.groupsOfUser.get(key)?.some(carries);
    return isReached ? (after.principalByKey.get(key) ?? []) : [];
  });
  return editSorted(before.reachedBy.get(policy) ?? [], old, reached, compareArns);
}
