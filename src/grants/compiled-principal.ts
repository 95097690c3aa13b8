import { groupKey, type Key, roleKey, userKey } from "../inventory/keys.js";
import type { Role, User } from "../inventory/principal.js";
import { principalArn } from "./arn-of.js";

/** Someone who acts: a user or a role. `reachesOf` gives what reaches them. */
export interface CompiledPrincipal {
  readonly key: Key;
  readonly kind: "USER" | "ROLE";
  readonly accountId: string;
  readonly name: string;
  readonly arn: string;
  /** Service principal of a service-linked role. */
  readonly serviceName?: string;
}

export function compileUser({ accountId, name }: User): CompiledPrincipal {
  return {
    key: userKey(accountId, name),
    kind: "USER",
    accountId,
    name,
    arn: principalArn("user", accountId, name),
  };
}

export function compileRole({ accountId, name, serviceName }: Role): CompiledPrincipal {
  return {
    key: roleKey(accountId, name),
    kind: "ROLE",
    accountId,
    name,
    arn: principalArn("role", accountId, name),
    ...(serviceName === undefined ? {} : { serviceName }),
  };
}

/** Negative when the first comes before the second in the order of ARNs. */
export function compareArns({ arn: a }: CompiledPrincipal, { arn: b }: CompiledPrincipal): number {
  return a < b ? -1 : a > b ? 1 : 0;
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
