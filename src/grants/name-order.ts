import { compareBytes } from "../inventory/byte-order.js";
import type { Action, Operation } from "../inventory/catalog.js";
import { actionKey, groupKey, type Key, operationKey, roleKey, userKey } from "../inventory/keys.js";
import type { Group, Role, User } from "../inventory/principal.js";
import { asciiLower } from "../policy/ascii.js";
import type { CompiledPolicy } from "./compiled-policy.js";
import type { Snapshot } from "./snapshot.js";
import { sortInSteps } from "./sort-in-steps.js";
import { workTogether } from "./work-together.js";

/** A fact with its name folded for search. */
export interface Named<T> {
  readonly row: T;
  /** In lower case (ASCII). */
  readonly folded: string;
}

/** Facts in their order: arranged when they are first asked for, in steps, as there may be hundreds of thousands. */
type Listed<T> = () => Generator<undefined, readonly Named<T>[], undefined>;

/** A snapshot's facts in byte order of their names, then of their keys. */
export interface NameOrder {
  readonly actions: Listed<Action>;
  readonly operations: Listed<Operation>;
  readonly users: Listed<User>;
  readonly groups: Listed<Group>;
  readonly roles: Listed<Role>;
  readonly policies: Listed<CompiledPolicy>;
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
    actions: listed(actions, nameOf, ({ name }) => actionKey(name)),
    operations: listed(operations, nameOf, ({ service, name, action }) => operationKey(service, name, action)),
    users: listed(users, nameOf, ({ accountId, name }) => userKey(accountId, name)),
    groups: listed(groups, nameOf, ({ accountId, name }) => groupKey(accountId, name)),
    roles: listed(roles, nameOf, ({ accountId, name }) => roleKey(accountId, name)),
    policies: listed(
      policies,
      ({ policy }) => policy.name,
      ({ key }) => key,
    ),
  };
}

const nameOf = ({ name }: { readonly name: string }) => name;

/** Holds these rows alone, for later snapshots share the list: it must not keep the whole of an older one. */
function listed<T>(
  rows: { readonly values: () => Iterable<T> },
  nameOfRow: (row: T) => string,
  keyOf: (row: T) => Key,
): Listed<T> {
  return workTogether(() => sortNamed(rows.values(), nameOfRow, keyOf));
}

/** How many rows are named before others get their turn. */
const STEP = 2_000;

function* sortNamed<T>(
  rows: Iterable<T>,
  nameOfRow: (row: T) => string,
  keyOf: (row: T) => Key,
): ReturnType<Listed<T>> {
  const named: Named<T>[] = [];
  for (const row of rows) {
    if (named.length % STEP === 0) yield undefined;
    named.push({ row, folded: asciiLower(nameOfRow(row)) });
  }
  const order = yield* sortInSteps(named.length, (left, right) => {
    const [a, b] = [named[left]?.row, named[right]?.row];
    if (a === undefined || b === undefined) return left - right;
    return compareBytes(nameOfRow(a), nameOfRow(b)) || compareBytes(keyOf(a), keyOf(b));
  });
  const sorted: Named<T>[] = [];
  for (const place of order) {
    if (sorted.length % STEP === 0) yield undefined;
    const next = named[place];
    if (next !== undefined) sorted.push(next);
  }
  return sorted;
}
