import type { Changed } from "../inventory/inventory-change.js";
import { groupKey, type Key, userKey } from "../inventory/keys.js";
import type { Membership } from "../inventory/principal.js";
import { groupBy } from "./group-by.js";
import { type Overlay, overlay } from "./overlay-map.js";
import type { Snapshot } from "./snapshot.js";

interface Link {
  readonly user: Key;
  readonly group: Key;
}

/** Who is in which group, from both ends, each list in the order of keys. */
export function updateMemberships(
  { groupsOfUser, usersOfGroup }: Snapshot,
  { put = [], gone = [] }: Changed<Membership> = {},
): Pick<Snapshot, "groupsOfUser" | "usersOfGroup"> {
  const [added, removed] = [put.map(linkOf), gone.map(linkOf)];
  return {
    groupsOfUser: overlay(groupsOfUser, edited(groupsOfUser, added, removed, "user", "group")),
    usersOfGroup: overlay(usersOfGroup, edited(usersOfGroup, added, removed, "group", "user")),
  };
}

function linkOf({ accountId, user, group }: Membership): Link {
  return { user: userKey(accountId, user), group: groupKey(accountId, group) };
}

function edited(
  lists: ReadonlyMap<Key, readonly Key[]>,
  added: readonly Link[],
  removed: readonly Link[],
  from: keyof Link,
  to: keyof Link,
): Overlay<readonly Key[]> {
  const [addedBy, removedBy] = [groupBy(added, (link) => link[from]), groupBy(removed, (link) => link[from])];
  const put = new Map<Key, readonly Key[]>();
  const gone = new Set<Key>();
  for (const key of new Set([...addedBy.keys(), ...removedBy.keys()])) {
    const left = new Set(lists.get(key));
    for (const link of removedBy.get(key) ?? []) left.delete(link[to]);
    for (const link of addedBy.get(key) ?? []) left.add(link[to]);
    if (left.size === 0) gone.add(key);
    else put.set(key, [...left].sort());
  }
  return { put, gone };
}
