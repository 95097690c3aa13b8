import type { Facts } from "../inventory/attachment-columns.js";
import { groupKey, type Key, userKey } from "../inventory/keys.js";
import type { Carriers } from "./carriers.js";
import { type Links, linkInSteps, linksOf } from "./links.js";
import { ViewMap } from "./view-map.js";

/** Who is in which group, as numbers of carriers from both ends. */
export interface MembershipIndex {
  readonly groupsOf: Links;
  readonly membersOf: Links;
}

/** How many memberships are numbered before others get their turn. */
const STEP = 2_000;

/** Memberships of those who are not there are left out; the store has none. */
export function* indexMemberships(
  { memberships }: Facts,
  { numberOf, keys }: Carriers,
): Generator<undefined, MembershipIndex, undefined> {
  const [users, groups]: [number[], number[]] = [[], []];
  for (const [place, { accountId, group, user }] of memberships.entries()) {
    if (place % STEP === 0) yield undefined;
    const [from, to] = [numberOf.get(userKey(accountId, user)), numberOf.get(groupKey(accountId, group))];
    if (from === undefined || to === undefined) continue;
    users.push(from);
    groups.push(to);
  }
  const [userColumn, groupColumn] = [Uint32Array.from(users), Uint32Array.from(groups)];
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
