import type { InventoryChange } from "../inventory/inventory-change.js";
import { type Key, roleKey, userKey } from "../inventory/keys.js";
import type { Role, User } from "../inventory/principal.js";
import { type CompiledPrincipal, compareArns, compileRole, compileUser } from "./compiled-principal.js";
import { editSorted } from "./edit-sorted.js";
import { overlay, overlayOf } from "./overlay-map.js";
import type { Snapshot } from "./snapshot.js";

type People = Pick<Snapshot, "users" | "roles" | "principals" | "principalByKey" | "ramIds">;

const keyOfUser = ({ accountId, name }: User): Key => userKey(accountId, name);
const keyOfRole = ({ accountId, name }: Role): Key => roleKey(accountId, name);

/** Users and roles, as facts and as those who act. One that acts as before stays the same object. */
export function updatePrincipals(snapshot: Snapshot, { users, roles }: InventoryChange): People {
  const put = new Map<Key, CompiledPrincipal>();
  for (const principal of [
    ...(users?.put ?? []).map((user) => compileUser(user)),
    ...(roles?.put ?? []).map((role) => compileRole(role)),
  ]) {
    const known = snapshot.principalByKey.get(principal.key);
    if (known === undefined || !actsAlike(known, principal)) put.set(principal.key, principal);
  }
  const gone = new Set([...(users?.gone ?? []).map(keyOfUser), ...(roles?.gone ?? []).map(keyOfRole)]);
  const replaced = [...put.keys(), ...gone].flatMap((key) => snapshot.principalByKey.get(key) ?? []);
  return {
    users: overlay(
      snapshot.users,
      overlayOf(users, keyOfUser, (user) => user),
    ),
    roles: overlay(
      snapshot.roles,
      overlayOf(roles, keyOfRole, (role) => role),
    ),
    principals:
      put.size + gone.size === 0
        ? snapshot.principals
        : editSorted(snapshot.principals, replaced, [...put.values()], compareArns),
    principalByKey: overlay(snapshot.principalByKey, { put, gone }),
    ramIds: updateIds(snapshot, { ...(users && { users }), ...(roles && { roles }) }),
  };
}

function actsAlike(a: CompiledPrincipal, b: CompiledPrincipal): boolean {
  return a.name === b.name && a.serviceName === b.serviceName;
}

function updateIds({ ramIds, users, roles }: Snapshot, change: InventoryChange): Snapshot["ramIds"] {
  const [putUsers, putRoles] = [change.users?.put ?? [], change.roles?.put ?? []];
  const before = [
    ...[...putUsers, ...(change.users?.gone ?? [])].map((user) => users.get(keyOfUser(user))?.userId),
    ...[...putRoles, ...(change.roles?.gone ?? [])].map((role) => roles.get(keyOfRole(role))?.roleId),
  ];
  const now = [...putUsers.map(({ userId }) => userId), ...putRoles.map(({ roleId }) => roleId)];
  const [gone, put] = [idsOf(before), idsOf(now)];
  if (gone.size + put.size === 0) return ramIds;
  return { has: (id) => put.has(id) || (!gone.has(id) && ramIds.has(id)) };
}

function idsOf(ids: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set(ids.flatMap((id) => id ?? []));
}
