import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
import type { Caller } from "../../policy/caller.js";

/** A user or role as resource-based policies name it. A role of the catalog has no account, so none can name it. */
export function callerOf({ users, roles }: Snapshot, { key, kind, accountId, name }: CompiledPrincipal): Caller {
  const ramId = kind === "USER" ? users.get(key)?.userId : roles.get(key)?.roleId;
  return {
    kind,
    name,
    ...(accountId === CATALOG_ACCOUNT ? {} : { accountId }),
    ...(ramId === undefined ? {} : { ramId }),
  };
}
