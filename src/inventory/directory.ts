import type { Key } from "./keys.js";

/** A resource directory: accounts of one company in a tree of folders, bounded by control policies. */
export interface Directory {
  /** e.g. `rd-3G1Abc`. */
  readonly id: string;
  /** No control policy binds identities of this account. */
  readonly managementAccountId: string;
  readonly rootFolderId: string;
  /** Whether control policies are switched on; when not, they bind nobody. */
  readonly isControlPolicyEnabled: boolean;
}

/** The root folder has no parent. */
export interface Folder {
  readonly directoryId: string;
  readonly id: string;
  readonly parentId?: string;
  readonly name: string;
}

/** An account of a directory and the folder that it lies in. The management account is no member. */
export interface DirectoryMember {
  readonly directoryId: string;
  readonly accountId: string;
  readonly folderId: string;
}

/** A control policy as it hangs on a folder or a member account. */
export interface ControlAttachment {
  readonly directoryId: string;
  /** Key of a policy of the type `CONTROL`, which belongs to the management account. */
  readonly policy: Key;
  /** Id of a folder, or of a member account. */
  readonly target: string;
  /** `ALL` binds the root of a member account as well. */
  readonly effectScope: "RAM" | "ALL";
}

export interface DirectoryFacts {
  readonly directories: readonly Directory[];
  readonly folders: readonly Folder[];
  readonly members: readonly DirectoryMember[];
  readonly controlAttachments: readonly ControlAttachment[];
}

export const NO_DIRECTORY: DirectoryFacts = { directories: [], folders: [], members: [], controlAttachments: [] };
