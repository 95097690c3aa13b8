import type { InventoryChange } from "../inventory/inventory-change.js";
import { keyOfPolicy } from "../inventory/key-of-policy.js";
import { groupKey, type Key, userKey } from "../inventory/keys.js";
import { CompiledReach } from "./compiled-reach.js";
import { goneKeys, putKeys } from "./overlay-map.js";
import { PatchedReach, type Patches, type Reaching } from "./patched-reach.js";
import type { Reach } from "./reach.js";
import type { Snapshot } from "./snapshot.js";

const NOTHING: Patches = {
  policies: new Set(),
  carriers: new Set(),
  gone: new Set(),
  added: new Map(),
  scopes: new Map(),
};

/** What reaches whom after a change: only what the change touches is looked at anew, and only when it is asked for. */
export function updateReach(before: Snapshot, after: Reaching, change: InventoryChange): Reach {
  const { reach } = before;
  if (!(reach instanceof CompiledReach) && !(reach instanceof PatchedReach)) throw new Error("unknown kind of reach");
  const [base, known] = reach instanceof CompiledReach ? [reach, NOTHING] : [reach.base, reach.patches];
  if (touchesNothing(change)) return reach;
  const gone = goneKeys(change.policies, keyOfPolicy);
  return new PatchedReach(
    base,
    {
      policies: new Set([...known.policies, ...touchedPolicies(before, after, change), ...gone]),
      carriers: new Set([...known.carriers, ...touchedCarriers(change, gone)]),
      gone: new Set([...known.gone, ...gone]),
      added: addPolicies(base, known.added, putKeys(change.policies, keyOfPolicy)),
      scopes: addScopes(base, known.scopes, change),
    },
    after,
  );
}

function touchesNothing({ policies, users, roles, memberships, attachments }: InventoryChange): boolean {
  return [policies, users, roles, memberships, attachments].every(
    (changed) => (changed?.put?.length ?? 0) + (changed?.gone?.length ?? 0) === 0,
  );
}

function touchedPolicies(
  before: Snapshot,
  after: Reaching,
  { memberships, attachments }: InventoryChange,
): readonly Key[] {
  const attached = [...(attachments?.put ?? []), ...(attachments?.gone ?? [])].map(({ policy }) => policy);
  const moved = [...(memberships?.put ?? []), ...(memberships?.gone ?? [])];
  const groups = new Set(moved.map(({ accountId, group }) => groupKey(accountId, group)));
  const carried = [before, after].flatMap((state) =>
    [...groups].flatMap((group) => (state.attachmentsOfPrincipal.get(group) ?? []).map(({ policy }) => policy)),
  );
  return [...attached, ...carried];
}

/** Who carries others, or is in other groups; where a whole policy went, its carriers are not looked at one by one. */
function touchedCarriers({ memberships, attachments }: InventoryChange, gone: ReadonlySet<Key>): readonly Key[] {
  const attached = [...(attachments?.put ?? []), ...(attachments?.gone ?? [])].filter(
    ({ policy }) => !gone.has(policy),
  );
  const moved = [...(memberships?.put ?? []), ...(memberships?.gone ?? [])];
  return [
    ...attached.map(({ principal }) => principal),
    ...moved.map(({ accountId, user }) => userKey(accountId, user)),
  ];
}

function addPolicies(base: CompiledReach, known: Patches["added"], put: ReadonlySet<Key>): Patches["added"] {
  const fresh = [...put].filter((key) => base.policyNumber(key) === undefined && !known.has(key));
  if (fresh.length === 0) return known;
  const first = base.policyCount + known.size;
  return new Map([...known, ...fresh.map((key, index) => [key, first + index] as const)]);
}

/** Snapshots that are made from each other have one number for a resource group: what is worked out for one may be kept for the next. */
function addScopes(base: CompiledReach, known: Patches["scopes"], { attachments }: InventoryChange): Patches["scopes"] {
  const names = new Set((attachments?.put ?? []).map(({ resourceGroupId }) => resourceGroupId ?? ""));
  const fresh = [...names].filter((name) => base.scopeNumber(name) === undefined && !known.has(name));
  if (fresh.length === 0) return known;
  const first = base.index.scopeNames.length + known.size;
  return new Map([...known, ...fresh.map((name, index) => [name, first + index] as const)]);
}
