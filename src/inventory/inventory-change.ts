import type { Attachment } from "./attachment.js";
import type { ControlAttachment, DirectoryFacts } from "./directory.js";
import type { Key } from "./keys.js";
import type { Policy } from "./policy.js";
import type { Account, Group, Membership, Role, User } from "./principal.js";
import type { ResourceFacts } from "./resource.js";
import type { Gap, Source, SourceFinding } from "./source.js";

/** Facts of one kind that are new or otherwise than before, and facts that are no longer there. */
export interface Changed<T> {
  readonly put?: readonly T[];
  readonly gone?: readonly T[];
}

/**
 * What differs between two inventories. Kinds that are left out are the same; lists are whole, where they are others.
 * Whoever takes a policy, user, group or role away names its attachments and memberships as gone, too.
 */
export interface InventoryChange {
  readonly policies?: Changed<Policy>;
  readonly users?: Changed<User>;
  readonly groups?: Changed<Group>;
  readonly roles?: Changed<Role>;
  readonly memberships?: Changed<Membership>;
  readonly attachments?: Changed<Attachment>;
  readonly sources?: Changed<Source>;
  readonly accounts?: readonly Account[];
  readonly controlAttachments?: readonly ControlAttachment[];
  readonly directory?: DirectoryFacts;
  readonly resources?: ResourceFacts;
  readonly gaps?: readonly Gap[];
  readonly findings?: readonly SourceFinding[];
  /** Facts of which no finding holds any more. */
  readonly findingsGone?: readonly Key[];
  /** The revision that it leads to. */
  readonly to?: { readonly revision: string; readonly committedAt: string };
}
