import type { CompiledPrincipal } from "../grants/compiled-principal.js";
import type { Snapshot } from "../grants/snapshot.js";
import { RoleType } from "./role.type.js";
import { UserType } from "./user.type.js";

/** The entity behind a principal that was decided. */
export function principalNode(snapshot: Snapshot, { key, kind }: CompiledPrincipal): RoleType | UserType {
  const role = kind === "ROLE" ? snapshot.roles.get(key) : undefined;
  if (role !== undefined) return new RoleType(snapshot, role);
  const user = snapshot.users.get(key);
  if (user === undefined) throw new Error(`principal \`${key}\` is neither a user nor a role`);
  return new UserType(snapshot, user);
}
