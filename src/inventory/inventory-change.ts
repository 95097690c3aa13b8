import type { Attachment } from "./attachment.js";
import type { ControlAttachment } from "./directory.js";
import type { Key } from "./keys.js";
import type { Policy } from "./policy.js";
import type { Group, Membership, Role, User } from "./principal.js";
import type { Gap, Source } from "./source.js";

/** Facts of one kind that are new or otherwise than before, and facts that are no longer there. */
export interface Changed<T> {
  readonly put?: readonly T[];
  readonly gone?: readonly T[];
}

/**
 * What differs between two inventories. Kinds that are left out are the same. Whoever takes a policy, user, group or role
 * away names its attachments and memberships as gone, too.
 */
export interface InventoryChange {
  readonly policies?: Changed<Policy>;
  readonly users?: Changed<User>;
  readonly groups?: Changed<Group>;
  readonly roles?: Changed<Role>;
  readonly memberships?: Changed<Membership>;
  readonly attachments?: Changed<Attachment>;
  readonly sources?: Changed<Source>;
  /** The whole list, where it is another one. */
  readonly controlAttachments?: readonly ControlAttachment[];
  /** The whole list, where it is another one. */
  readonly gaps?: readonly Gap[];
  /** Facts of which no finding holds any more. */
  readonly findingsGone?: readonly Key[];
}
