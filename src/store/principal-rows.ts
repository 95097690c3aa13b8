import { groupKey, roleKey, userKey } from "../inventory/keys.js";
import type { Group, Membership, Role, User } from "../inventory/principal.js";
import type {
  GroupEntity,
  MembershipEntity,
  PrincipalEntity,
  RoleEntity,
  UserEntity,
} from "./entities/account.entity.js";
import type { Row } from "./entities/row.js";

export function userRows(users: readonly User[]): readonly Row<UserEntity>[] {
  return users.map(({ accountId, name, userId }) => ({
    id: userKey(accountId, name),
    accountId,
    name,
    userId: userId ?? null,
  }));
}

export function groupRows(groups: readonly Group[]): readonly Row<GroupEntity>[] {
  return groups.map(({ accountId, name }) => ({ id: groupKey(accountId, name), accountId, name }));
}

export function membershipRows(memberships: readonly Membership[]): readonly Row<MembershipEntity>[] {
  return memberships.map(({ accountId, group, user }) => ({
    groupId: groupKey(accountId, group),
    userId: userKey(accountId, user),
  }));
}

/** @param sourceKey the source of roles that do not name theirs. */
export function roleRows(roles: readonly Role[], sourceKey: string): readonly Row<RoleEntity>[] {
  return roles.map((role) => ({
    id: roleKey(role.accountId, role.name),
    accountId: role.accountId,
    name: role.name,
    roleId: role.roleId ?? null,
    description: role.description ?? null,
    trustPolicy: role.trustPolicy ?? null,
    maxSessionDuration: role.maxSessionDuration ?? null,
    serviceName: role.serviceName ?? null,
    sourceKey: role.sourceKey ?? sourceKey,
  }));
}

/** The supertype's rows of users, groups and roles. */
export function principalRows(
  kind: PrincipalEntity["kind"],
  rows: readonly { readonly id: string; readonly accountId: string }[],
): readonly Row<PrincipalEntity>[] {
  return rows.map(({ id, accountId }) => ({ id, kind, accountId }));
}
