import type { ServiceLink } from "../inventory/catalog.js";
import { CATALOG_ACCOUNT, roleKey } from "../inventory/keys.js";
import { codeInPrincipal } from "../inventory/link-services.js";
import { buildCreationPolicy } from "../inventory/merge-roles.js";
import type { Role } from "../inventory/principal.js";
import type { Snapshot } from "./snapshot.js";

/**
 * What makes a role service-linked; undefined for ordinary roles. A role that no page describes has what its service
 * principal tells.
 */
export function serviceLinkOf({ catalog }: Snapshot, { name, serviceName }: Role): ServiceLink | undefined {
  if (serviceName === undefined) return undefined;
  const described = catalog.serviceLinks.get(roleKey(CATALOG_ACCOUNT, name));
  return described ?? linkByPrincipal(name, serviceName);
}

function linkByPrincipal(roleName: string, serviceName: string): ServiceLink {
  return {
    roleName,
    serviceName,
    service: codeInPrincipal(serviceName),
    prerequisitesForDeletion: [],
    consequences: [],
    creationPolicy: buildCreationPolicy(serviceName),
    isCreationPolicyBuilt: true,
  };
}
