import { actionsCovered } from "../../grants/covered-actions.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { compareBytes } from "../../inventory/byte-order.js";
import type { Action, ServiceDependency } from "../../inventory/catalog.js";
import { CATALOG_ACCOUNT, roleKey, serviceKey } from "../../inventory/keys.js";

/** Actions of the service reached that Allow statements of the role's policies cover, by name. */
export function dependencyActions(snapshot: Snapshot, { to, roleName }: ServiceDependency): readonly Action[] {
  const attachments = snapshot.attachmentsOfPrincipal.get(roleKey(CATALOG_ACCOUNT, roleName)) ?? [];
  const statements = attachments.flatMap(({ policy }) => snapshot.policies.get(policy)?.document.statements ?? []);
  const allowed = statements
    .filter(({ effect }) => effect === "ALLOW")
    .flatMap((statement) => actionsCovered(snapshot.catalog, statement))
    .filter(({ service }) => serviceKey(service) === serviceKey(to));
  return [...new Set(allowed)].sort((a, b) => compareBytes(a.name, b.name));
}
