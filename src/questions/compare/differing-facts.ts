import type { ControlLevels } from "../../grants/control-levels.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { someInSteps } from "../../grants/some-in-steps.js";
import type { Steps } from "../../grants/steps.js";
import { compareBytes } from "../../inventory/byte-order.js";
import { canonicalJson } from "../../inventory/canonical-json.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "../../inventory/keys.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import { differingKeys } from "./differing-keys.js";
import { rolesTrustingIds } from "./roles-trusting-ids.js";

/** How many rows of the inventory are looked at before others get their turn: each may hold a long document. */
const STEP = 100;

/** Policies that say something else, or are there on one side only. */
export function* differingPolicies(base: Snapshot, head: Snapshot): Steps<ReadonlySet<Key>> {
  const keys = yield* differingKeys(
    base.policies,
    head.policies,
    (a, b) => a.defaultVersion?.documentText === b.defaultVersion?.documentText,
  );
  return new Set(keys);
}

/** What is known of how two states differ before anybody is looked at. */
export interface Differing {
  /** Policies that say something else, or are there on one side only. */
  readonly policies: ReadonlySet<Key>;
  /** Resources are in other groups, or tagged otherwise. */
  readonly hasOtherResources: boolean;
}

/** What bears on everybody: what differs of the facts beside the policies that reach each. */
export interface CommonDifferences {
  /** Roles with another trust or owner, or on one side only; and those that trust ids, where somebody has another one. */
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

/** All of that; yields now and then. */
export function* commonDifferences(
  base: Snapshot,
  head: Snapshot,
  { policies, hasOtherResources }: Differing,
): Steps<CommonDifferences> {
  const roles = yield* differingKeys(
    base.roles,
    head.roles,
    (a, b) => a.trustPolicy === b.trustPolicy && a.serviceName === b.serviceName,
  );
  const accounts = yield* differingKeys(base.accounts, head.accounts, () => true);
  const bound = yield* differingKeys(base.controlLevels, head.controlLevels, (a, b) => isSameBound(a, b, policies));
  return {
    roles: new Set([...roles, ...(yield* trustedOtherwise(base, head))]),
    isOfLinkedRoles: yield* someInSteps(roles, (key) => isLinkedIn(base, key) || isLinkedIn(head, key)),
    isOfAccounts: accounts.length > 0,
    isOfBuckets: yield* areBucketsOther(base, head),
    isOfResources: hasOtherResources && ((yield* bindsByResources(base)) || (yield* bindsByResources(head))),
    boundOtherwise: new Set(bound),
  };
}

function isLinkedIn({ roles }: Snapshot, key: Key): boolean {
  const role = roles.get(key);
  return role !== undefined && (role.serviceName !== undefined || roles.has(roleKey(CATALOG_ACCOUNT, role.name)));
}

/** Roles that trust somebody by an id that may be another's. A role of the second state alone, or of another trust, differs anyway. */
function* trustedOtherwise(base: Snapshot, head: Snapshot): Steps<Iterable<Key>> {
  const roles = yield* rolesTrustingIds(base);
  return roles.size > 0 && (yield* haveOtherIds(base, head)) ? roles : [];
}

function* areBucketsOther(base: Snapshot, head: Snapshot): Steps<boolean> {
  if (!(yield* isAlike(base.inventory.resourcePolicies, head.inventory.resourcePolicies))) return true;
  return base.bucketPolicies.size + head.bucketPolicies.size > 0 && (yield* haveOtherIds(base, head));
}

/** Are resources in other groups, or tagged otherwise? */
export function* haveOtherResources(base: Snapshot, head: Snapshot): Steps<boolean> {
  for (const kind of ["resourceGroups", "groupedResources", "groupSupports", "resourceTags"] as const) {
    if (!(yield* isAlike(base.inventory[kind], head.inventory[kind]))) return true;
  }
  return false;
}

/** Does a statement ask for the group or a tag of the resource? */
export function asksForResource({ conditions }: Statement): boolean {
  return conditions.some(({ foldedKey }) => RESOURCE_KEY.test(foldedKey));
}

const RESOURCE_KEY = /^acs:resourcegroupid$|^[^:/]+:(?:resource)?tag\//;

function* bindsByResources({ controlLevels, bucketPolicies, trusts }: Snapshot): Steps<boolean> {
  const asks = (grants: readonly Grant[]) => grants.some(({ statement }) => asksForResource(statement));
  return (
    (yield* someInSteps(controlLevels.values(), ({ levels }) => levels.some(({ grants }) => asks(grants)))) ||
    (yield* someInSteps(bucketPolicies.values(), ({ grants }) => asks(grants))) ||
    (yield* someInSteps(trusts.values(), asks))
  );
}

function* haveOtherIds(base: Snapshot, head: Snapshot): Steps<boolean> {
  const users = yield* differingKeys(base.users, head.users, (a, b) => a.userId === b.userId);
  if (users.length > 0) return true;
  return (yield* differingKeys(base.roles, head.roles, (a, b) => a.roleId === b.roleId)).length > 0;
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

/** Do two lists hold the same in the same order? */
function* isAlike(a: readonly unknown[], b: readonly unknown[]): Steps<boolean> {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (const [at, row] of a.entries()) {
    if (at % STEP === STEP - 1) yield undefined;
    if (row !== b[at] && canonicalJson(row) !== canonicalJson(b[at])) return false;
  }
  return true;
}
