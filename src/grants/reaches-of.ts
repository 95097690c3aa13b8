import type { Attachment } from "../inventory/attachment.js";
import type { Key } from "../inventory/keys.js";
import type { Snapshot } from "./snapshot.js";

/**
 * How policies reach a user or role: attachments to it, then those to its groups, each in the order of policy keys. A user
 * acts with all of them as one set; groups do not nest. A role acts with its own, who assumed it adds nothing.
 */
export function reachesOf(
  { attachmentsOfPrincipal, groupsOfUser }: Pick<Snapshot, "attachmentsOfPrincipal" | "groupsOfUser">,
  principal: Key,
): readonly Attachment[] {
  const own = attachmentsOfPrincipal.get(principal) ?? [];
  const groups = groupsOfUser.get(principal);
  if (groups === undefined) return own;
  return [...own, ...groups.flatMap((group) => attachmentsOfPrincipal.get(group) ?? [])];
}
