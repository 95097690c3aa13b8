import type { Snapshot } from "../grants/snapshot.js";

/** Which revision is asked about. Empty or left out: the newest one. */
export interface SnapshotRequest {
  readonly revision?: string;
  /** RFC 3339 instant. */
  readonly asOf?: string;
  readonly minRevision?: string;
}

/** Who is asking, and which accounts they may see. */
export interface Viewer {
  readonly name: string;
  readonly seesAllAccounts: boolean;
  /** The accounts that they see, unless they see all. */
  readonly accountIds?: readonly string[];
}

/** What every resolver gets. One request keeps one newest snapshot, whatever happens meanwhile. */
export interface RequestContext {
  /**
   * The snapshot asked for; without a request the newest one that this request has seen first.
   * @throws GraphQLError with the code REVISION_NOT_AVAILABLE (unknown, or not reached in time) or REVISION_EXPIRED
   */
  readonly snapshotAt: (at?: SnapshotRequest) => Promise<Snapshot>;
  readonly viewer: Viewer;
}
