import type { Key } from "./keys.js";

/** A policy as it reaches a user, group or role. */
export interface Attachment {
  readonly policy: Key;
  /** Key of a user, group or role. */
  readonly principal: Key;
  /** Absent for account scope. A text that is no id of a resource group is what the source wrote and nobody understands. */
  readonly resourceGroupId?: string;
  /** RFC 3339. */
  readonly attachedAt?: string;
}
