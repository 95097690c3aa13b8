import type { Snapshot } from "../../grants/snapshot.js";
import type { Attachment } from "../../inventory/attachment.js";
import type { Key } from "../../inventory/keys.js";

/** How an attachment reaches a principal, behind `is attached`: by a group, within a resource group, or both; else empty. */
export function describeWay({ groups }: Snapshot, principal: Key, attachment: Attachment): string {
  const carrier = attachment.principal === principal ? undefined : groups.get(attachment.principal)?.name;
  const { resourceGroupId } = attachment;
  const by = carrier === undefined ? "" : ` by group \`${carrier}\``;
  return resourceGroupId === undefined ? by : `${by} within resource group \`${resourceGroupId}\``;
}
