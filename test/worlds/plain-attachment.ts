import type { Attachment } from "../../src/inventory/attachment.js";

/** What an attachment says, as an object that holds it itself: what is made when it is read is no part of a comparison. */
export function plainAttachment({ policy, principal, resourceGroupId, attachedAt }: Attachment): object {
  return { policy, principal, resourceGroupId, attachedAt };
}
