import { CATALOG_ACCOUNT } from "./keys.js";
import type { Role } from "./principal.js";

/**
 * True for a role that a cloud service owns: its principal is known, or it is one of the catalog, which holds no others, even
 * where no source tells which service it is.
 */
export function isServiceLinked({ accountId, serviceName }: Pick<Role, "accountId" | "serviceName">): boolean {
  return serviceName !== undefined || accountId === CATALOG_ACCOUNT;
}
