import type { InventoryChange } from "../../inventory/inventory-change.js";
import type { Key } from "../../inventory/keys.js";

/** One hypothetical edit, as it is put to a snapshot. */
export type Change =
  | ({ readonly kind: "attachPolicy" | "detachPolicy" } & AttachmentChange)
  | { readonly kind: "putPolicy"; readonly policy: PolicyDraft }
  | { readonly kind: "deletePolicy"; readonly policy: Reference }
  | { readonly kind: "putRole"; readonly role: RoleDraft }
  | { readonly kind: "deleteRole"; readonly role: Reference };

/** What somebody wrote to name a fact, and the key that it stands for. */
export interface Reference {
  readonly text: string;
  /** Undefined when it stands for none. */
  readonly key: Key | undefined;
}

export interface AttachmentChange {
  readonly policy: Reference;
  /** A user, group or role. */
  readonly principal: Reference;
  /** Absent for the scope of the account. */
  readonly resourceGroupId?: string;
}

export interface PolicyDraft {
  readonly name: string;
  readonly accountId: string;
  /** JSON text; what cannot be read of it is found, not refused. */
  readonly document: string;
}

export interface RoleDraft {
  readonly name: string;
  readonly accountId: string;
  /** JSON text. */
  readonly trustPolicy: string;
}

/** What a change does to the facts, or why it cannot be made: the field that is wrong (empty for the whole) and the mend. */
export type Effect =
  | { readonly change: InventoryChange }
  | { readonly refusal: { readonly field: string; readonly message: string } };

export function refuse(field: string, message: string): Effect {
  return { refusal: { field, message } };
}

/** The user's text as messages show it. */
export function quote(text: string): string {
  return `\`${text.length > 80 ? `${text.slice(0, 80)}…` : text}\``;
}
