import type { ControlLevels } from "../../grants/control-levels.js";
import { changedKeys } from "../../grants/overlay-map.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { compareBytes } from "../../inventory/byte-order.js";
import { canonicalJson } from "../../inventory/canonical-json.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "../../inventory/keys.js";
import type { Statement } from "../../policy/document.js";

/** Keys under which two maps hold something else. Values that are shared are not looked into. */
export function differingKeys<T>(
  base: ReadonlyMap<Key, T>,
  head: ReadonlyMap<Key, T>,
  isSame: (a: T, b: T) => boolean,
): readonly Key[] {
  if (base === head) return [];
  const changed = changedKeys(base, head);
  if (changed !== undefined) return [...changed].filter((key) => differs(base.get(key), head.get(key), isSame));
  const keys: Key[] = [];
  for (const [key, value] of base) {
    const other = head.get(key);
    if (differs(value, other, isSame)) keys.push(key);
  }
  for (const key of head.keys()) if (!base.has(key)) keys.push(key);
  return keys;
}

function differs<T>(value: T | undefined, other: T | undefined, isSame: (a: T, b: T) => boolean): boolean {
  return other !== value && (value === undefined || other === undefined || !isSame(value, other));
}

/** Policies that say something else, or are there on one side only. */
export function differingPolicies(base: Snapshot, head: Snapshot): ReadonlySet<Key> {
  const keys = differingKeys(
    base.policies,
    head.policies,
    (a, b) => a.defaultVersion?.documentText === b.defaultVersion?.documentText,
  );
  return new Set(keys);
}

/** What bears on everybody: what differs of the facts beside the policies that reach each. */
export interface CommonDifferences {
  /** Roles with another trust or owner, or on one side only. */
  readonly roles: ReadonlySet<Key>;
  /** One of these is service-linked, or has the name of one that the catalog describes. */
  readonly isOfLinkedRoles: boolean;
  /** Roles of accounts that only one side has may be unknown on the other. */
  readonly isOfAccounts: boolean;
  /** Policies of buckets, and the ids that these may name. */
  readonly isOfBuckets: boolean;
  /** Resource groups or tags, and a policy that binds everybody asks for them. */
  readonly isOfResources: boolean;
  /** Accounts that are bound by other control policies. */
  readonly boundOtherwise: ReadonlySet<string>;
}

export function commonDifferences(base: Snapshot, head: Snapshot, policies: ReadonlySet<Key>): CommonDifferences {
  const roles = differingKeys(
    base.roles,
    head.roles,
    (a, b) => a.trustPolicy === b.trustPolicy && a.serviceName === b.serviceName,
  );
  const accounts = differingKeys(base.accounts, head.accounts, () => true);
  const hasBuckets = base.bucketPolicies.size + head.bucketPolicies.size > 0;
  return {
    roles: new Set(roles),
    isOfLinkedRoles: [base, head].some((state) => roles.some((key) => isLinkedIn(state, key))),
    isOfAccounts: accounts.length > 0,
    isOfBuckets:
      !isAlike(base.inventory.resourcePolicies, head.inventory.resourcePolicies) ||
      (hasBuckets && haveOtherIds(base, head)),
    isOfResources: haveOtherResources(base, head) && [base, head].some(bindsByResources),
    boundOtherwise: new Set(
      differingKeys(base.controlLevels, head.controlLevels, (a, b) => isSameBound(a, b, policies)),
    ),
  };
}

function isLinkedIn({ roles }: Snapshot, key: Key): boolean {
  const role = roles.get(key);
  return role !== undefined && (role.serviceName !== undefined || roles.has(roleKey(CATALOG_ACCOUNT, role.name)));
}

/** Are resources in other groups, or tagged otherwise? */
export function haveOtherResources(base: Snapshot, head: Snapshot): boolean {
  const kinds = ["resourceGroups", "groupedResources", "groupSupports", "resourceTags"] as const;
  return kinds.some((kind) => !isAlike(base.inventory[kind], head.inventory[kind]));
}

/** Does a statement ask for the group or a tag of the resource? */
export function asksForResource({ conditions }: Statement): boolean {
  return conditions.some(({ foldedKey }) => RESOURCE_KEY.test(foldedKey));
}

const RESOURCE_KEY = /^acs:resourcegroupid$|^[^:/]+:(?:resource)?tag\//;

function bindsByResources({ controlLevels, bucketPolicies, trusts }: Snapshot): boolean {
  const levels = [...controlLevels.values()].flatMap((control) => control.levels.flatMap(({ grants }) => grants));
  const buckets = [...bucketPolicies.values()].flatMap(({ grants }) => grants);
  return [...levels, ...buckets, ...[...trusts.values()].flat()].some(({ statement }) => asksForResource(statement));
}

function haveOtherIds(base: Snapshot, head: Snapshot): boolean {
  return (
    differingKeys(base.users, head.users, (a, b) => a.userId === b.userId).length > 0 ||
    differingKeys(base.roles, head.roles, (a, b) => a.roleId === b.roleId).length > 0
  );
}

function isSameBound(a: ControlLevels, b: ControlLevels, policies: ReadonlySet<Key>): boolean {
  const isOther = [a, b].some(({ levels }) =>
    levels.some(({ grants }) => grants.some(({ policy }) => policies.has(policy))),
  );
  return !isOther && placesIn(a) === placesIn(b);
}

function placesIn({ managementAccountId, levels }: ControlLevels): string {
  const places = levels.map(({ grants }) =>
    grants.map(({ policy, statement }) => `${policy}#${statement.pointer}`).sort(compareBytes),
  );
  return JSON.stringify([managementAccountId, places]);
}

function isAlike(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && canonicalJson(a) === canonicalJson(b));
}
