import type { ServiceLink } from "../inventory/catalog.js";
import { CATALOG_ACCOUNT, roleKey } from "../inventory/keys.js";
import { codeInPrincipal } from "../inventory/link-services.js";
import { buildCreationPolicy } from "../inventory/merge-roles.js";
import type { Role } from "../inventory/principal.js";
import type { Snapshot } from "./snapshot.js";

/** A service link whose principal is known, and with it all that follows from the principal. */
export interface KnownServiceLink extends ServiceLink {
  readonly serviceName: string;
  readonly service: string;
  readonly creationPolicy: string;
}

/**
 * What makes a role service-linked; undefined for ordinary roles, and for roles whose service principal no source tells. What
 * no page describes is what the principal tells.
 */
export function serviceLinkOf({ catalog }: Snapshot, { name, serviceName }: Role): KnownServiceLink | undefined {
  if (serviceName === undefined) return undefined;
  const described = catalog.serviceLinks.get(roleKey(CATALOG_ACCOUNT, name));
  return { ...linkByPrincipal(name, serviceName), ...described, serviceName };
}

function linkByPrincipal(roleName: string, serviceName: string): KnownServiceLink {
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
