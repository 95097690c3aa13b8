import { compareBytes } from "../inventory/byte-order.js";
import type { Action, Operation } from "../inventory/catalog.js";
import { actionKey, groupKey, type Key, operationKey, roleKey, userKey } from "../inventory/keys.js";
import type { Group, Role, User } from "../inventory/principal.js";
import { asciiLower } from "../policy/ascii.js";
import type { CompiledPolicy } from "./compiled-policy.js";
import type { Snapshot } from "./snapshot.js";

/** A fact with its name folded for search. */
export interface Named<T> {
  readonly row: T;
  /** In lower case (ASCII). */
  readonly folded: string;
}

/** A snapshot's facts in byte order of their names, then of their keys. */
export interface NameOrder {
  readonly actions: () => readonly Named<Action>[];
  readonly operations: () => readonly Named<Operation>[];
  readonly users: () => readonly Named<User>[];
  readonly groups: () => readonly Named<Group>[];
  readonly roles: () => readonly Named<Role>[];
  readonly policies: () => readonly Named<CompiledPolicy>[];
}

/** Snapshots never change, so a list is sorted once, when it is first asked for, and not for every page of it. */
const ORDERS = new WeakMap<Snapshot, NameOrder>();

export function nameOrder(snapshot: Snapshot): NameOrder {
  const known = ORDERS.get(snapshot) ?? arrange(snapshot);
  ORDERS.set(snapshot, known);
  return known;
}

/** Lets an updated snapshot have the lists of the one that it was made from, where the change does not touch them. */
export function shareNameOrder(
  from: Snapshot,
  to: Snapshot,
  { users, groups, roles, policies }: Readonly<Partial<Record<keyof NameOrder, unknown>>>,
): void {
  const [known, own] = [nameOrder(from), arrange(to)];
  ORDERS.set(to, {
    ...known,
    ...(users === undefined ? {} : { users: own.users }),
    ...(groups === undefined ? {} : { groups: own.groups }),
    ...(roles === undefined ? {} : { roles: own.roles }),
    ...(policies === undefined ? {} : { policies: own.policies }),
  });
}

function arrange({ inventory: { actions, operations }, users, groups, roles, policies }: Snapshot): NameOrder {
  return {
    actions: sortOnce(actions, nameOf, ({ name }) => actionKey(name)),
    operations: sortOnce(operations, nameOf, ({ service, name, action }) => operationKey(service, name, action)),
    users: sortOnce(users.values(), nameOf, ({ accountId, name }) => userKey(accountId, name)),
    groups: sortOnce(groups.values(), nameOf, ({ accountId, name }) => groupKey(accountId, name)),
    roles: sortOnce(roles.values(), nameOf, ({ accountId, name }) => roleKey(accountId, name)),
    policies: sortOnce(
      policies.values(),
      ({ policy }) => policy.name,
      ({ key }) => key,
    ),
  };
}

const nameOf = ({ name }: { readonly name: string }) => name;

function sortOnce<T>(
  rows: Iterable<T>,
  nameOfRow: (row: T) => string,
  keyOf: (row: T) => Key,
): () => readonly Named<T>[] {
  let sorted: readonly Named<T>[] | undefined;
  return () => {
    sorted ??= [...rows]
      .sort((a, b) => compareBytes(nameOfRow(a), nameOfRow(b)) || compareBytes(keyOf(a), keyOf(b)))
      .map((row) => ({ row, folded: asciiLower(nameOfRow(row)) }));
    return sorted;
  };
}
