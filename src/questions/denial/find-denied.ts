import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { roleKey, userKey } from "../../inventory/keys.js";
import type { DeniedPrincipal } from "./denial.js";

/** The user or role that was denied; undefined when none such is known. A user is named by id, a role with its session. */
export function findDenied(snapshot: Snapshot, denied: DeniedPrincipal): CompiledPrincipal | undefined {
  const { type, accountId, displayName } = denied;
  const { principalByKey, users } = snapshot;
  if (type === "AssumedRoleUser") return principalByKey.get(roleKey(accountId, displayName.replace(/[:/].*$/s, "")));
  if (type !== "SubUser") return undefined;
  for (const user of users.values()) {
    if (user.accountId === accountId && user.userId === displayName) {
      return principalByKey.get(userKey(accountId, user.name));
    }
  }
  return principalByKey.get(userKey(accountId, displayName));
}
