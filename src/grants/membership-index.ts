import type { Facts } from "../inventory/attachment-columns.js";
import type { Key } from "../inventory/keys.js";
import type { Carriers } from "./carriers.js";
import { type Links, linkInSteps, linksOf } from "./links.js";
import { ViewMap } from "./view-map.js";

/** Who is in which group, as numbers of carriers from both ends. */
export interface MembershipIndex {
  readonly groupsOf: Links;
  readonly membersOf: Links;
}

export function* indexMemberships(
  { memberships: { groups, users } }: Facts,
  { numberAt, keys }: Carriers,
): Generator<undefined, MembershipIndex, undefined> {
  const numbers = (places: Uint32Array) => places.map((place) => numberAt[place] ?? 0);
  const [userColumn, groupColumn] = [numbers(users), numbers(groups)];
  const byUser = yield* linkInSteps(keys.length, userColumn);
  const byGroup = yield* linkInSteps(keys.length, groupColumn);
  return {
    groupsOf: { start: byUser.start, to: byUser.to.map((row) => groupColumn[row] ?? 0) },
    membersOf: { start: byGroup.start, to: byGroup.to.map((row) => userColumn[row] ?? 0) },
  };
}

/** Keys of groups by user, in the order of memberships, and of users by group, in the order of keys. */
export function viewMemberships({ groupsOf, membersOf }: MembershipIndex, { keys, numberOf }: Carriers) {
  const keyAt = (number: number): Key => keys[number] ?? "";
  const view = (links: Links, arrange: (keys: Key[]) => readonly Key[]) =>
    new ViewMap<readonly Key[]>({
      count: keys.length,
      keyAt,
      find: (key) => numberOf.get(key),
      isEntry: (number) => links.start[number] !== links.start[number + 1],
      valueAt: (number) => {
        const linked = linksOf(links, number);
        return linked.length === 0 ? undefined : arrange(Array.from(linked, keyAt));
      },
    });
  return {
    groupsOfUser: view(groupsOf, (groups) => groups),
    usersOfGroup: view(membersOf, (users) => users.sort()),
  };
}
