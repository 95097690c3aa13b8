import type { InventoryChange } from "./inventory-change.js";
import { CATALOG_ACCOUNT } from "./keys.js";
import type { Role } from "./principal.js";

/**
 * Whether a change touches what sources only say together: service-linked roles and policies, and what the catalog says of
 * them. Then all facts have to be looked at anew.
 */
export function concernsJoining({ roles, policies, attachments }: InventoryChange): boolean {
  return (
    both(roles).some(isJoined) ||
    both(policies).some(({ type }) => type === "SERVICE_LINKED") ||
    both(attachments).some(
      ({ policy, principal }) =>
        policy.startsWith("policy:SERVICE_LINKED:") || principal.startsWith(`role:${CATALOG_ACCOUNT}:`),
    )
  );
}

/** A role without its trust policy may be known as service-linked by its name. */
function isJoined({ accountId, serviceName, trustPolicy }: Role): boolean {
  return accountId === CATALOG_ACCOUNT || serviceName !== undefined || trustPolicy === undefined;
}

function both<T>(changed: { readonly put?: readonly T[]; readonly gone?: readonly T[] } | undefined): readonly T[] {
  return [...(changed?.put ?? []), ...(changed?.gone ?? [])];
}
