import type { Snapshot } from "../../grants/snapshot.js";
import type { Attachment } from "../../inventory/attachment.js";
import type { Key } from "../../inventory/keys.js";
import { isResourceGroup } from "../../policy/is-resource-group.js";

/** How an attachment reaches a principal, behind `is attached`: by a group, within a resource group, or both; else empty. */
export function describeWay({ groups }: Snapshot, principal: Key, attachment: Attachment): string {
  const carrier = attachment.principal === principal ? undefined : groups.get(attachment.principal)?.name;
  const { resourceGroupId } = attachment;
  const by = carrier === undefined ? "" : ` by group \`${carrier}\``;
  if (resourceGroupId === undefined) return by;
  const where = isResourceGroup(resourceGroupId) ? "within resource group" : "at the unknown scope";
  return `${by} ${where} \`${resourceGroupId}\``;
}
