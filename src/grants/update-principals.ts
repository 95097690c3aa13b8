import type { Changed, InventoryChange } from "../inventory/inventory-change.js";
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
  const [ofUsers, ofRoles] = [renewed(users, change.users, keyOfUser), renewed(roles, change.roles, keyOfRole)];
  return ramIds.changed(
    { users: ofUsers.before, roles: ofRoles.before },
    { users: ofUsers.after, roles: ofRoles.after },
  );
}

/** What a change touches as it was and as it will be, each once. */
function renewed<T>(known: ReadonlyMap<Key, T>, { put = [], gone = [] }: Changed<T> = {}, keyOf: (row: T) => Key) {
  const after = new Map(put.map((row) => [keyOf(row), row]));
  const keys = new Set([...after.keys(), ...gone.map(keyOf)]);
  return { before: [...keys].flatMap((key) => known.get(key) ?? []), after: [...after.values()] };
}
