import type { Attachment } from "../inventory/attachment.js";
import { groupKey, type Key, roleKey, userKey } from "../inventory/keys.js";
import type { Role, User } from "../inventory/principal.js";
import { principalArn } from "./arn-of.js";

/** How a policy reaches a principal. */
export interface Reach {
  readonly policy: Key;
  readonly resourceGroupId?: string;
  readonly attachment: Attachment;
}

/** Someone who acts: a user or a role, with every policy that reaches them. */
export interface CompiledPrincipal {
  readonly key: Key;
  readonly kind: "USER" | "ROLE";
  readonly accountId: string;
  readonly name: string;
  readonly arn: string;
  /** Service principal of a service-linked role. */
  readonly serviceName?: string;
  /** Direct attachments first, then those of groups, each in the order of policy keys. */
  readonly reaches: readonly Reach[];
}

export interface Attachments {
  readonly byPrincipal: ReadonlyMap<Key, readonly Attachment[]>;
  /** Keys of the groups that a user is in, by user. */
  readonly groupsOfUser: ReadonlyMap<Key, readonly Key[]>;
}

/** A user acts with the policies on the user and on all their groups, as one set. Groups do not nest. */
export function compileUser(user: User, attachments: Attachments): CompiledPrincipal {
  const key = userKey(user.accountId, user.name);
  const carriers = [key, ...(attachments.groupsOfUser.get(key) ?? [])];
  return {
    key,
    kind: "USER",
    accountId: user.accountId,
    name: user.name,
    arn: principalArn("user", user.accountId, user.name),
    reaches: carriers.flatMap((carrier) => reachesOf(carrier, attachments)),
  };
}

/** A role acts with the policies on the role; who assumed it adds nothing. */
export function compileRole(role: Role, attachments: Attachments): CompiledPrincipal {
  const key = roleKey(role.accountId, role.name);
  return {
    key,
    kind: "ROLE",
    accountId: role.accountId,
    name: role.name,
    arn: principalArn("role", role.accountId, role.name),
    ...(role.serviceName === undefined ? {} : { serviceName: role.serviceName }),
    reaches: reachesOf(key, attachments),
  };
}

function reachesOf(carrier: Key, { byPrincipal }: Attachments): readonly Reach[] {
  return (byPrincipal.get(carrier) ?? []).map((attachment) => ({
    policy: attachment.policy,
    attachment,
    ...(attachment.resourceGroupId === undefined ? {} : { resourceGroupId: attachment.resourceGroupId }),
  }));
}

/** Groups the memberships by user. */
export function groupsByUser(
  memberships: readonly { accountId: string; group: string; user: string }[],
): ReadonlyMap<Key, readonly Key[]> {
  const groups = new Map<Key, Key[]>();
  for (const { accountId, group, user } of memberships) {
    const key = userKey(accountId, user);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [groupKey(accountId, group)]);
    else known.push(groupKey(accountId, group));
  }
  return groups;
}
