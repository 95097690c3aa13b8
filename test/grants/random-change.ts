import fc from "fast-check";
import { sortByKey } from "../../src/inventory/byte-order.js";
import { canonicalJson } from "../../src/inventory/canonical-json.js";
import { compareAttachments } from "../../src/inventory/compare-attachments.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import type { Changed, InventoryChange } from "../../src/inventory/inventory-change.js";
import { keyOfPolicy } from "../../src/inventory/key-of-policy.js";
import { groupKey, roleKey, userKey } from "../../src/inventory/keys.js";
import { LAYERED_ACTIONS, layeredWorld } from "../properties/layered-world.js";
import { inventoryOf, type World } from "../worlds/build-world.js";

const USERS = ["alice", "bob", "222/eve"];
const ROLES = ["ops", "dev", "222/hub", "AliyunServiceRoleForX"];

/** Layered worlds in which some people are missing and groups have other members. */
export const anyWorld: fc.Arbitrary<World> = fc
  .record({
    world: layeredWorld,
    users: fc.subarray(USERS, { minLength: 1 }),
    roles: fc.subarray(ROLES),
    members: fc.subarray(["alice", "bob"]),
    groups: fc.subarray(["g", "h"]),
  })
  .map(({ world, users, roles, members, groups }) => ({
    ...world,
    users: only(world.users, users),
    roles: only(world.roles, roles),
    accounts: ["111", "222"],
    groups: Object.fromEntries(
      groups.map((name) => [
        name,
        { members: members.filter((user) => users.includes(user)), policies: [name === "g" ? "P2" : "P0"] },
      ]),
    ),
  }));

/** Inventories one after the other that differ in everything that an update can change, and the differences. */
export interface History {
  readonly inventories: readonly [Inventory, ...Inventory[]];
  readonly changes: readonly InventoryChange[];
}

export const randomHistory: fc.Arbitrary<History> = fc
  .tuple(anyWorld, fc.array(anyWorld, { minLength: 1, maxLength: 3 }))
  .map(([start, later]) => {
    const first = inOrder(inventoryOf(start, LAYERED_ACTIONS));
    const { directories, folders, members } = first;
    const others = later.map((world) => ({
      ...first,
      ...changing(inOrder(inventoryOf(world, LAYERED_ACTIONS))),
      directories,
      folders,
      members,
    }));
    const inventories: readonly [Inventory, ...Inventory[]] = [first, ...others];
    return { inventories, changes: others.map((to, index) => differenceOf(inventories[index] ?? first, to)) };
  });

function only<T>(all: Readonly<Record<string, T>> = {}, names: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

function changing({ users, groups, memberships, roles, policies, attachments, controlAttachments }: Inventory) {
  return { users, groups, memberships, roles, policies, attachments, controlAttachments };
}

const keyOfUser = ({ accountId, name }: { accountId: string; name: string }) => userKey(accountId, name);
const keyOfGroup = ({ accountId, name }: { accountId: string; name: string }) => groupKey(accountId, name);
const keyOfRole = ({ accountId, name }: { accountId: string; name: string }) => roleKey(accountId, name);

/** Lists in the order of natural keys and without repetitions, as the store gives them. */
export function inOrder(inventory: Inventory): Inventory {
  const { users, groups, memberships, roles, policies, attachments } = inventory;
  return {
    ...inventory,
    users: sortByKey(users, keyOfUser),
    groups: sortByKey(groups, keyOfGroup),
    memberships: sortByKey(memberships, canonicalJson),
    roles: sortByKey(roles, keyOfRole),
    policies: sortByKey(policies, keyOfPolicy),
    attachments: [...new Map(attachments.map((row) => [canonicalJson(row), row])).values()].toSorted(
      compareAttachments,
    ),
  };
}

/** What changed from one inventory to another. */
export function differenceOf(from: Inventory, to: Inventory): InventoryChange {
  return {
    users: changed(from.users, to.users, keyOfUser),
    groups: changed(from.groups, to.groups, keyOfGroup),
    roles: changed(from.roles, to.roles, keyOfRole),
    policies: changed(from.policies, to.policies, keyOfPolicy),
    memberships: changed(from.memberships, to.memberships, canonicalJson),
    attachments: changed(from.attachments, to.attachments, canonicalJson),
    controlAttachments: to.controlAttachments,
  };
}

function changed<T>(from: readonly T[], to: readonly T[], keyOf: (row: T) => string): Changed<T> {
  const before = new Map(from.map((row) => [keyOf(row), canonicalJson(row)]));
  const after = new Set(to.map(keyOf));
  return {
    put: to.filter((row) => before.get(keyOf(row)) !== canonicalJson(row)),
    gone: from.filter((row) => !after.has(keyOf(row))),
  };
}
