import type { Snapshot } from "../grants/snapshot.js";
import type { History, RequestContext, SnapshotRequest, Viewer } from "../graphql/request-context.js";
import type { RevisionMark } from "../store/revision-mark.js";
import { chooseSnapshot, type SnapshotSources, seeSnapshot } from "./choose-snapshot.js";
import { readHistory } from "./read-history.js";
import { refuseManyStates } from "./snapshot-refusal.js";

/** Who asks where nobody has to say who they are. */
export const ANYBODY: Viewer = { name: "anonymous", seesAllAccounts: true, mayExplore: true };

/** States beside the newest that one request may look at: each is a world to be read. */
const mostStates = 8;

/** Fields that ask for the same state get the same snapshot, even when a newer one arrives between them. */
export function createContext(sources: SnapshotSources, viewer: Viewer): RequestContext {
  return new AskedContext(sources, viewer);
}

/** Of a class, and with history made when it is read: most requests read no more than the newest snapshot. */
class AskedContext implements RequestContext {
  readonly trouble: string | undefined;
  private readonly newest: Snapshot;
  private readonly mark: RevisionMark;
  private chosen: Map<string, Promise<Snapshot>> | undefined;
  private past: History | undefined;

  constructor(
    private readonly sources: SnapshotSources,
    readonly viewer: Viewer,
  ) {
    const { newest, mark, trouble } = sources.live;
    this.newest = newest;
    this.mark = mark;
    this.trouble = trouble?.message;
  }

  get history(): History {
    const { sources, viewer, newest, mark } = this;
    const { readers, live, accountIds } = sources;
    this.past ??= readHistory(readers, mark, reachOf(viewer, accountIds), () => live.pastState(newest));
    return this.past;
  }

  async snapshotAt(wanted: SnapshotRequest = {}): Promise<Snapshot> {
    const { revision, asOf, minRevision } = wanted;
    const isNewest = revision === undefined && asOf === undefined && minRevision === undefined;
    if (isNewest && this.viewer.seesAllAccounts) return this.newest;
    const key = isNewest ? NEWEST : JSON.stringify([revision, asOf, minRevision]);
    this.chosen ??= new Map();
    const known = this.chosen.get(key);
    if (known === undefined && key !== NEWEST && states(this.chosen) >= mostStates) throw refuseManyStates(mostStates);
    const snapshot = known ?? this.choose(isNewest ? undefined : wanted);
    this.chosen.set(key, snapshot);
    return await snapshot;
  }

  /** @param wanted undefined for the newest */
  private async choose(wanted: SnapshotRequest | undefined): Promise<Snapshot> {
    const { sources, viewer, newest } = this;
    return await seeSnapshot(sources, viewer, wanted === undefined ? newest : await chooseSnapshot(sources, wanted));
  }
}

/** What a viewer sees at a server that loads some accounts only. */
function reachOf(viewer: Viewer, loaded: ReadonlySet<string> | undefined): Viewer {
  if (loaded === undefined) return viewer;
  const accountIds = viewer.seesAllAccounts ? [...loaded] : (viewer.accountIds ?? []).filter((id) => loaded.has(id));
  return { ...viewer, seesAllAccounts: false, accountIds };
}

const NEWEST = "newest";

const states = (chosen: ReadonlyMap<string, unknown>) => chosen.size - (chosen.has(NEWEST) ? 1 : 0);
