import type { InventoryChange } from "../inventory/inventory-change.js";
import { keyOfPolicy } from "../inventory/key-of-policy.js";
import { groupKey, type Key, userKey } from "../inventory/keys.js";
import { type ActionIndex, indexActions } from "./action-index.js";
import { goneKeys, putKeys } from "./overlay-map.js";
import { placeOf } from "./place-of.js";
import type { Snapshot } from "./snapshot.js";

/** What a change touches of all that is worked out for actions. */
export interface Touch {
  /**
   * By number of a policy that says something else or reaches others, or at other scopes: of whom what it said before may hold no more, by
   * places. Undefined where these are many.
   */
  readonly policies: ReadonlyMap<number, ReadonlySet<number> | undefined>;
  /** Policies that say something else, or are gone, each with its number. */
  readonly rewritten: ReadonlyMap<Key, number>;
  /** What these say now. */
  readonly index: ActionIndex;
}

/** A change of more rows is not followed up. */
const MOST_ROWS = 64;

/** More principals than this are not decided one by one. */
export const MOST_STALE = 256;

/** Undefined where a change touches too much. Principals must have the places that they had. */
export function touchOf(before: Snapshot, after: Snapshot, change: InventoryChange): Touch | undefined {
  if (rowsIn(change) > MOST_ROWS) return undefined;
  const touched = new TouchedPolicies();
  const rewritten = new Map<Key, number>();
  for (const key of [...putKeys(change.policies, keyOfPolicy), ...goneKeys(change.policies, keyOfPolicy)])
    rewritten.set(key, after.reach.policyNumber(key) ?? -1);
  addMoved(touched, before, after, change);
  for (const [key, number] of rewritten) {
    if (before.reach.policyNumber(key) === undefined) continue;
    const { wide, scoped } = before.reach.places(number);
    for (const places of [wide, scoped.places]) touched.add(number, places);
  }
  const index = indexActions([...rewritten.keys()].flatMap((key) => after.policies.get(key) ?? []));
  return { policies: touched.places, rewritten, index };
}

function rowsIn({ policies, attachments, memberships }: InventoryChange): number {
  return [policies, attachments, memberships].reduce(
    (sum, changed) => sum + (changed?.put?.length ?? 0) + (changed?.gone?.length ?? 0),
    0,
  );
}

class TouchedPolicies {
  readonly places = new Map<number, Set<number> | undefined>();

  add(policy: number, places: Iterable<number>): void {
    const known = this.places.has(policy) ? this.places.get(policy) : new Set<number>();
    this.places.set(policy, known);
    if (known === undefined) return;
    for (const place of places) {
      known.add(place);
      if (known.size > MOST_STALE) return void this.places.set(policy, undefined);
    }
  }
}

/** Adds whom policies reach that did not before, or no more, or at another scope. */
function addMoved(
  touched: TouchedPolicies,
  before: Snapshot,
  after: Snapshot,
  { attachments, memberships }: InventoryChange,
): void {
  const add = (policy: Key, people: Iterable<Key>) => {
    const number = after.reach.policyNumber(policy);
    if (number !== undefined) touched.add(number, placesOf(after, people));
  };
  const lists = new Set([before.usersOfGroup, after.usersOfGroup]);
  const peopleOf = new Map<Key, readonly (readonly Key[])[]>();
  for (const { policy, principal } of [...(attachments?.put ?? []), ...(attachments?.gone ?? [])]) {
    const people = peopleOf.get(principal) ?? [...lists].map((users) => users.get(principal) ?? [principal]);
    peopleOf.set(principal, people);
    for (const each of people) add(policy, each);
  }
  for (const { accountId, user, group } of [...(memberships?.put ?? []), ...(memberships?.gone ?? [])])
    for (const { attachmentsOfPrincipal } of [before, after])
      for (const { policy } of attachmentsOfPrincipal.get(groupKey(accountId, group)) ?? [])
        add(policy, [userKey(accountId, user)]);
}

function* placesOf(snapshot: Snapshot, people: Iterable<Key>): Generator<number, void, undefined> {
  for (const key of people) {
    const principal = snapshot.principalByKey.get(key);
    const place = principal === undefined ? undefined : placeOf(snapshot, principal);
    if (place !== undefined) yield place;
  }
}
