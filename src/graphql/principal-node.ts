import type { CompiledPrincipal } from "../grants/compiled-principal.js";
import type { Snapshot } from "../grants/snapshot.js";
import { RoleType } from "./role.type.js";
import { UserType } from "./user.type.js";

/** The entity behind a principal that was decided. */
export function principalNode(snapshot: Snapshot, principal: CompiledPrincipal): RoleType | UserType {
  return principal.kind === "ROLE" ? new RoleType(snapshot, principal) : new UserType(snapshot, principal);
}
