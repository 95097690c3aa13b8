import { sortByKey } from "../../../inventory/byte-order.js";
import { groupKey, type Key, userKey } from "../../../inventory/keys.js";
import type { Group, Membership, User } from "../../../inventory/principal.js";
import type { SaidMember, SaidUser } from "../said.js";
import { contradiction } from "./contradiction.js";
import type { SaidByKind } from "./group-said.js";
import { joinNotes, type Notes, noteUnknown } from "./notes.js";

export interface Identities extends Notes {
  readonly users: ReadonlyMap<Key, User>;
  readonly groups: ReadonlyMap<Key, Group>;
  readonly memberships: readonly Membership[];
}

/**
 * Users, groups, and who is in which; a member or a group that no list names is a finding and a gap.
 * @throws Refused when one name has two ids
 */
export function collectIdentities(said: SaidByKind, accountId: string): Identities {
  const users = new Map<Key, User>();
  const ids = new Map<Key, SaidUser>();
  for (const user of said.user) {
    const key = userKey(accountId, user.name);
    const known = ids.get(key);
    demandOneUser(known, user);
    if (known?.userId === undefined) ids.set(key, user);
    const id = known?.userId ?? user.userId;
    users.set(key, { accountId, name: users.get(key)?.name ?? user.name, ...(id === undefined ? {} : { userId: id }) });
  }
  const groups = new Map<Key, Group>();
  for (const { name } of said.group) {
    const key = groupKey(accountId, name);
    if (!groups.has(key)) groups.set(key, { accountId, name });
  }
  const resolved = said.member.map((member) => resolveMember(member, accountId, users, groups));
  const memberships = resolved.flatMap((one) => ("membership" in one ? [one.membership] : []));
  const notes = joinNotes(resolved.flatMap((one) => ("notes" in one ? [one.notes] : [])));
  return { users, groups, memberships: withoutRepeats(memberships), ...notes };
}

/** Two ids are two people, and what one may do must not be said of the other; RAM's names do not mind letter case. */
function demandOneUser(known: SaidUser | undefined, { name, userId, where }: SaidUser): void {
  if (known?.userId === undefined || userId === undefined || known.userId === userId) return;
  throw contradiction(`user \`${name}\` has another id than \`${known.name}\``, known.where, where);
}

function resolveMember(
  { group: groupName, user: userName, where }: SaidMember,
  accountId: string,
  users: ReadonlyMap<Key, User>,
  groups: ReadonlyMap<Key, Group>,
): { readonly membership: Membership } | { readonly notes: Notes } {
  const group = groups.get(groupKey(accountId, groupName));
  if (group === undefined) {
    const problem = `group \`${groupName}\` has members but is in no list of groups`;
    return { notes: noteUnknown(where, "UNKNOWN_GROUP", groupName, problem) };
  }
  const user = users.get(userKey(accountId, userName));
  if (user === undefined) {
    const problem = `user \`${userName}\` is in group \`${group.name}\` but in no list of users`;
    return { notes: noteUnknown(where, "UNKNOWN_USER", userName, problem) };
  }
  return { membership: { accountId, group: group.name, user: user.name } };
}

function withoutRepeats(memberships: readonly Membership[]): readonly Membership[] {
  const keyOf = ({ accountId, group, user }: Membership): Key =>
    `${groupKey(accountId, group)}\0${userKey(accountId, user)}`;
  return sortByKey(new Map(memberships.map((one) => [keyOf(one), one])).values(), keyOf);
}
