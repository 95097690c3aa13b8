import type { Facts } from "../inventory/attachment-columns.js";
import type { Key } from "../inventory/keys.js";
import type { Group, Role, User } from "../inventory/principal.js";
import type { Grant } from "../policy/grant.js";
import type { Carriers } from "./carriers.js";
import type { CompiledPrincipal } from "./compiled-principal.js";
import { compileTrust } from "./compiled-trust.js";
import type { Snapshot } from "./snapshot.js";
import { ViewMap } from "./view-map.js";

type People = Pick<Snapshot, "users" | "roles" | "groups" | "principalByKey" | "trusts">;

/** Users, roles and groups by their keys, in the order of the inventory; one look-up serves all of them. */
export function viewPeople({ users, roles, groups }: Facts, carriers: Carriers): People {
  const { principals, keys, numberOf, numberAt, origin } = carriers;
  const listed = <T>(rows: readonly T[], offset: number, placeOf: (number: number) => number) =>
    ({
      count: rows.length,
      keyAt: (row: number): Key => keys[numberAt[offset + row] ?? 0] ?? "",
      find: (key: Key) => {
        const number = numberOf.get(key);
        return number === undefined ? undefined : placeOf(number);
      },
      valueAt: (row: number): T | undefined => rows[row],
    }) as const;
  const roleRows = listed(roles, groups.length, (number) => origin[number] ?? -1);
  const trusts = new Map<number, readonly Grant[]>();
  return {
    users: new ViewMap<User>(
      listed(users, groups.length + roles.length, (number) => (origin[number] ?? -1) - roles.length),
    ),
    roles: new ViewMap<Role>(roleRows),
    groups: new ViewMap<Group>(listed(groups, 0, (number) => number - principals.length)),
    principalByKey: new ViewMap<CompiledPrincipal>({
      count: principals.length,
      keyAt: (number) => keys[number] ?? "",
      find: (key) => numberOf.get(key),
      valueAt: (number) => principals[number],
    }),
    trusts: new ViewMap<readonly Grant[]>({
      ...roleRows,
      valueAt: (row) => {
        const role = roles[row];
        const known = trusts.get(row) ?? (role === undefined ? undefined : compileTrust(role));
        if (known !== undefined) trusts.set(row, known);
        return known;
      },
    }),
  };
}
