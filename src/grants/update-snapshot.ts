import type { InventoryChange } from "../inventory/inventory-change.js";
import { keyOfPolicy } from "../inventory/key-of-policy.js";
import { CATALOG_ACCOUNT, groupKey, type Key, roleKey } from "../inventory/keys.js";
import type { Group, Role } from "../inventory/principal.js";
import { updateActionIndex } from "./action-index.js";
import { arrangeResources, indexFindings } from "./arrange-facts.js";
import { type CatalogIndex, withoutLinks } from "./catalog-index.js";
import { compilePolicy } from "./compiled-policy.js";
import { compileTrust } from "./compiled-trust.js";
import { compileControlLevels } from "./control-levels.js";
import { indexBy } from "./group-by.js";
import { keepPlans } from "./keep-plans.js";
import { shareNameOrder } from "./name-order.js";
import { goneKeys, overlay, overlayOf, putKeys } from "./overlay-map.js";
import type { Snapshot, SnapshotFacts } from "./snapshot.js";
import { snapshotOf } from "./snapshot-of.js";
import { updateAttachments } from "./update-attachments.js";
import { updateMemberships } from "./update-memberships.js";
import { updatePrincipals } from "./update-principals.js";
import { updateReach } from "./update-reach.js";
import { viewReached } from "./view-reached.js";

const keyOfGroup = ({ accountId, name }: Group): Key => groupKey(accountId, name);
const keyOfRole = ({ accountId, name }: Role): Key => roleKey(accountId, name);
const same = <T>(row: T): T => row;

/**
 * The snapshot with some facts changed: what compiling the changed inventory gives, at the cost of the change. All that is
 * the same is shared with the snapshot given, which stays as it is.
 *
 * @param change must keep what the store's foreign keys keep: an attachment has its policy and its principal
 */
export function updateSnapshot(snapshot: Snapshot, change: InventoryChange): Snapshot {
  const policies = overlay(snapshot.policies, overlayOf(change.policies, keyOfPolicy, compilePolicy));
  const attached = {
    ...updateAttachments(snapshot, change.attachments, goneKeys(change.policies, keyOfPolicy)),
    ...updateMemberships(snapshot, change.memberships),
  };
  const people = updatePrincipals(snapshot, change);
  const { principals } = people;
  const reach = updateReach(snapshot, { principals, ...attached }, change);
  const inventory = updateLists(snapshot.inventory, change);
  const updated = snapshotOf({
    ...snapshot,
    ...change.to,
    ...arrangeLists(change),
    ...attached,
    ...people,
    inventory,
    catalog: updateCatalog(snapshot.catalog, change),
    policies,
    actionIndex: updateActionIndex(snapshot.actionIndex, policies, [
      ...putKeys(change.policies, keyOfPolicy),
      ...goneKeys(change.policies, keyOfPolicy),
    ]),
    reach,
    reachedBy: viewReached(reach, principals),
    groups: overlay(snapshot.groups, overlayOf(change.groups, keyOfGroup, same)),
    sources: overlay(
      snapshot.sources,
      overlayOf(change.sources, ({ key }) => key, same),
    ),
    trusts: overlay(snapshot.trusts, overlayOf(change.roles, keyOfRole, compileTrust)),
    controlLevels: bindsOtherwise(change)
      ? compileControlLevels(inventory, policies, inventory.gaps)
      : snapshot.controlLevels,
    findingsOf: overlay(change.findings === undefined ? snapshot.findingsOf : indexFindings(change.findings), {
      gone: new Set(change.findingsGone),
    }),
  });
  shareNameOrder(snapshot, updated, change);
  keepPlans(snapshot, updated, change);
  return updated;
}

/** The catalog's roles go with their pages. */
function updateCatalog(catalog: CatalogIndex, { roles }: InventoryChange): CatalogIndex {
  const gone = (roles?.gone ?? []).filter(({ accountId }) => accountId === CATALOG_ACCOUNT);
  return gone.length === 0 ? catalog : withoutLinks(catalog, new Set(gone.map(keyOfRole)));
}

/** The lists that a snapshot keeps as they are. */
function updateLists(lists: SnapshotFacts, change: InventoryChange): SnapshotFacts {
  const { to, accounts, directory, controlAttachments, resources, gaps } = change;
  const others = [to, accounts, directory, controlAttachments, resources, gaps];
  if (others.every((list) => list === undefined)) return lists;
  return {
    ...lists,
    ...to,
    ...directory,
    ...resources,
    ...(accounts === undefined ? {} : { accounts }),
    ...(controlAttachments === undefined ? {} : { controlAttachments }),
    ...(gaps === undefined ? {} : { gaps }),
  };
}

/** What is arranged of lists that are others. */
function arrangeLists({ accounts, resources }: InventoryChange): Partial<Snapshot> {
  return {
    ...(accounts === undefined ? {} : { accounts: indexBy(accounts, ({ id }) => id) }),
    ...(resources === undefined ? {} : arrangeResources(resources)),
  };
}

function bindsOtherwise({ directory, controlAttachments, gaps, policies }: InventoryChange): boolean {
  const changed = [...(policies?.put ?? []), ...(policies?.gone ?? [])];
  const lists = [directory, controlAttachments, gaps];
  return lists.some((list) => list !== undefined) || changed.some(({ type }) => type === "CONTROL");
}
