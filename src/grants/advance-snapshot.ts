import { hasDocument } from "../inventory/has-document.js";
import type { InventoryChange } from "../inventory/inventory-change.js";
import { gapsLeft } from "../inventory/settle-gaps.js";
import type { Gap, SourceFinding } from "../inventory/source.js";
import type { Snapshot } from "./snapshot.js";
import { updateSnapshot } from "./update-snapshot.js";

/** What the store says of the way from one revision to another. */
export interface RevisionChange {
  readonly change: InventoryChange;
  /** All findings, and all gaps, as sources tell them; left out where neither can have changed. */
  readonly findings?: readonly SourceFinding[];
  readonly gaps?: readonly Gap[];
  /** Gaps beside these, that nothing settles. */
  readonly lasting?: readonly Gap[];
}

/**
 * The snapshot of a later revision: what compiling that revision gives, at the cost of what changed.
 * @param change one that does not touch what sources only say together
 */
export function advanceSnapshot(
  snapshot: Snapshot,
  { change, findings, gaps, lasting = [] }: RevisionChange,
): Snapshot {
  const { derivedFindings } = snapshot.inventory;
  const told = findings === undefined ? {} : { findings: [...findings, ...derivedFindings] };
  const advanced = updateSnapshot(snapshot, { ...change, ...told });
  return gaps === undefined ? advanced : updateSnapshot(advanced, { gaps: [...gapsIn(advanced, gaps), ...lasting] });
}

function gapsIn({ inventory, policies, roles, attachmentsOfPrincipal }: Snapshot, gaps: readonly Gap[]) {
  const isDocumentKnown = (key: string) => {
    const compiled = policies.get(key);
    return compiled === undefined ? undefined : hasDocument(compiled.policy);
  };
  return gapsLeft(gaps, inventory, {
    isDocumentKnown,
    isRoleDocumentKnown: (role) =>
      roles.has(role)
        ? (attachmentsOfPrincipal.get(role) ?? []).some(
            ({ policy }) => policy.startsWith("policy:SERVICE_LINKED:") && isDocumentKnown(policy) === true,
          )
        : undefined,
  });
}
