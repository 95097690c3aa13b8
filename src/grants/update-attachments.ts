import type { Attachment } from "../inventory/attachment.js";
import { compareAttachments } from "../inventory/compare-attachments.js";
import type { Changed } from "../inventory/inventory-change.js";
import type { Key } from "../inventory/keys.js";
import { editSorted } from "./edit-sorted.js";
import { groupBy } from "./group-by.js";
import { type Overlay, overlay } from "./overlay-map.js";
import type { Snapshot } from "./snapshot.js";
import { WithoutRows } from "./without-rows.js";

type Lists = ReadonlyMap<Key, readonly Attachment[]>;

/**
 * The attachments from both of their ends. Where a whole policy is gone, those who carried it are not looked at one by one:
 * their lists leave it out when they are read.
 */
export function updateAttachments(
  { attachmentsOfPrincipal, attachmentsOfPolicy }: Snapshot,
  { put = [], gone = [] }: Changed<Attachment> = {},
  policiesGone: ReadonlySet<Key>,
): Pick<Snapshot, "attachmentsOfPrincipal" | "attachmentsOfPolicy"> {
  const single = gone.filter(({ policy }) => !policiesGone.has(policy));
  const rest = WithoutRows.of<Attachment>(policiesGone, ({ policy }) => policy);
  const ofPrincipal = edited(attachmentsOfPrincipal, put, single, ({ principal }) => principal);
  const ofPolicy = edited(attachmentsOfPolicy, put, single, ({ policy }) => policy);
  return {
    attachmentsOfPrincipal: overlay(
      overlay(attachmentsOfPrincipal, ofPrincipal),
      policiesGone.size === 0 ? {} : { view: rest },
    ),
    attachmentsOfPolicy: overlay(attachmentsOfPolicy, {
      ...ofPolicy,
      gone: new Set([...(ofPolicy.gone ?? []), ...policiesGone]),
    }),
  };
}

/** The lists that the changes touch, each with its rows in order. */
function edited(
  lists: Lists,
  put: readonly Attachment[],
  gone: readonly Attachment[],
  keyOf: (row: Attachment) => Key,
): Overlay<readonly Attachment[]> {
  const [putBy, goneBy] = [groupBy(put, keyOf), groupBy(gone, keyOf)];
  const lost = new Set<Key>();
  const kept = new Map<Key, readonly Attachment[]>();
  for (const key of new Set([...putBy.keys(), ...goneBy.keys()])) {
    const rows = editSorted(lists.get(key) ?? [], goneBy.get(key) ?? [], putBy.get(key) ?? [], compareAttachments);
    if (rows.length === 0) lost.add(key);
    else kept.set(key, rows);
  }
  return { put: kept, gone: lost };
}
