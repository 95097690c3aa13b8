import type { Attachment } from "./attachment.js";
import { compareBytes } from "./byte-order.js";

/** The order of attachments: by policy, principal and resource group. Zero exactly when they are the same. */
export function compareAttachments(a: Attachment, b: Attachment): number {
  return (
    compareBytes(a.policy, b.policy) ||
    compareBytes(a.principal, b.principal) ||
    compareBytes(a.resourceGroupId ?? "", b.resourceGroupId ?? "")
  );
}
