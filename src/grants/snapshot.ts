import type { Attachment } from "../inventory/attachment.js";
import type { Facts } from "../inventory/attachment-columns.js";
import type { Key } from "../inventory/keys.js";
import type { Account, Group, Role, User } from "../inventory/principal.js";
import type { Source, SourceFinding } from "../inventory/source.js";
import type { Finding } from "../policy/finding.js";
import type { Grant } from "../policy/grant.js";
import type { ActionIndex } from "./action-index.js";
import type { BucketPolicy } from "./bucket-policies.js";
import type { CatalogIndex } from "./catalog-index.js";
import type { CompiledPolicy } from "./compiled-policy.js";
import type { CompiledPrincipal } from "./compiled-principal.js";
import type { ControlLevels } from "./control-levels.js";
import type { GroupIndex } from "./group-index.js";
import type { RamIds } from "./ram-ids.js";
import type { Reach } from "./reach.js";
import type { TagIndex } from "./tag-index.js";

/** An inventory less what a snapshot has by key. */
export type SnapshotFacts = Omit<
  Facts,
  "sources" | "users" | "groups" | "memberships" | "roles" | "policies" | "attachments" | "findings"
>;

/** All facts at one revision, read and arranged for questions. Immutable; a new revision is a new snapshot. */
export interface Snapshot {
  readonly revision: string;
  readonly committedAt: string;
  /** The facts that no index below holds. */
  readonly inventory: SnapshotFacts;
  readonly catalog: CatalogIndex;
  readonly actionIndex: ActionIndex;
  readonly policies: ReadonlyMap<Key, CompiledPolicy>;
  /** In byte order of ARNs. */
  readonly principals: readonly CompiledPrincipal[];
  readonly principalByKey: ReadonlyMap<Key, CompiledPrincipal>;
  /** What reaches whom, as numbers. */
  readonly reach: Reach;
  /** Principals that a policy reaches, by policy, in byte order of ARNs; made when it is read. */
  readonly reachedBy: Pick<ReadonlyMap<Key, readonly CompiledPrincipal[]>, "get">;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly users: ReadonlyMap<Key, User>;
  readonly groups: ReadonlyMap<Key, Group>;
  readonly roles: ReadonlyMap<Key, Role>;
  readonly sources: ReadonlyMap<Key, Source>;
  readonly groupsOfUser: ReadonlyMap<Key, readonly Key[]>;
  readonly usersOfGroup: ReadonlyMap<Key, readonly Key[]>;
  /** By key of the user, group or role. */
  readonly attachmentsOfPrincipal: ReadonlyMap<Key, readonly Attachment[]>;
  readonly attachmentsOfPolicy: ReadonlyMap<Key, readonly Attachment[]>;
  /** Statements of trust policies, by role. */
  readonly trusts: ReadonlyMap<Key, readonly Grant[]>;
  /** Control policies by the member account that they bind. */
  readonly controlLevels: ReadonlyMap<string, ControlLevels>;
  /** RAM's own ids of users and roles, which bucket policies name. */
  readonly ramIds: RamIds;
  readonly groupIndex: GroupIndex;
  /** By name of the bucket. */
  readonly bucketPolicies: ReadonlyMap<string, BucketPolicy>;
  readonly tagsOf: TagIndex;
  readonly findingsOf: ReadonlyMap<Key, readonly SourceFinding[]>;
  /** Present where changes that nobody stored are part of it. */
  readonly hypothesis?: Hypothesis | undefined;
}

/** What makes a snapshot a supposed one. */
export interface Hypothesis {
  /** Digest of the changes, in lower-case hex digits: with the revision it tells worlds apart. */
  readonly sha256: string;
  /** What was found in the documents that were put, by policy or role. */
  readonly documents: ReadonlyMap<Key, readonly Finding[]>;
}
