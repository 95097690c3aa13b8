import type { Snapshot } from "../grants/snapshot.js";
import type { ImportRun } from "../inventory/import-run.js";
import type { Source } from "../inventory/source.js";

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
  /** May read the schema where the operator lets only explorers do so. */
  readonly mayExplore: boolean;
}

/** What is known of past states without reading one whole. */
export interface History {
  /** Revisions that are kept, newest first, from the given one back. */
  readonly revisions: (upTo: string) => Promise<readonly { readonly revision: string; readonly committedAt: string }[]>;
  /** The run that made a revision, where the viewer may see its account; undefined for a change by hand. */
  readonly importRun: (revision: string) => Promise<ImportRun | undefined>;
  /**
   * A text that stays the same as long as the rest here, and every state up to the newest, stays what it is, as far as this server
   * has seen; undefined where that cannot be told.
   */
  readonly state: () => string | undefined;
  /** The sources that there were, those of accounts that the viewer may see. */
  readonly sources: (revision: string) => Promise<readonly Source[]>;
}

/** What every resolver gets. One request keeps one newest snapshot, whatever happens meanwhile. */
export interface RequestContext {
  /**
   * The snapshot asked for; without a request the newest one that this request has seen first.
   * @throws GraphQLError with the code REVISION_NOT_AVAILABLE (unknown, or not reached in time) or REVISION_EXPIRED
   */
  snapshotAt(at?: SnapshotRequest): Promise<Snapshot>;
  readonly viewer: Viewer;
  /** Its functions throw as `snapshotAt` does. */
  readonly history: History;
  /** Why the newest snapshot may be behind what is stored, as a sentence; undefined while it follows. */
  readonly trouble?: string | undefined;
  /** Why the only field of the operation failed when it was tried before, and so fails now. */
  readonly failure?: { readonly reason: unknown } | undefined;
  /**
   * Asked whenever the operation has its turn; left out, it may take as long as it likes.
   * @throws GraphQLError with the code TIMEOUT once its time is over
   */
  readonly checkTime?: () => void;
  /** Milliseconds of deciding that the operation had, written down by turns. */
  turnTime?: number;
}
