import type { Snapshot } from "../grants/snapshot.js";
import type { RequestContext, Viewer } from "../graphql/request-context.js";
import { chooseSnapshot, type SnapshotSources, seeSnapshot } from "./choose-snapshot.js";
import { readHistory } from "./read-history.js";
import { refuseManyStates } from "./snapshot-refusal.js";

/** Who asks where nobody has to say who they are. */
export const ANYBODY: Viewer = { name: "anonymous", seesAllAccounts: true, mayExplore: true };

/** States beside the newest that one request may look at: each is a world to be read. */
const mostStates = 8;

/** Fields that ask for the same state get the same snapshot, even when a newer one arrives between them. */
export function createContext(sources: SnapshotSources, viewer: Viewer): RequestContext {
  const { readers, live, accountIds } = sources;
  const { newest } = live;
  const chosen = new Map<string, Promise<Snapshot>>();
  return {
    viewer,
    trouble: live.trouble?.message,
    history: readHistory(readers, live.mark, reachOf(viewer, accountIds), () => live.pastState(newest)),
    snapshotAt: async (wanted = {}) => {
      const { revision, asOf, minRevision } = wanted;
      const isNewest = revision === undefined && asOf === undefined && minRevision === undefined;
      if (isNewest && viewer.seesAllAccounts) return newest;
      const key = isNewest ? NEWEST : JSON.stringify([revision, asOf, minRevision]);
      const known = chosen.get(key);
      if (known === undefined && key !== NEWEST && states(chosen) >= mostStates) throw refuseManyStates(mostStates);
      const choosing = async () =>
        await seeSnapshot(sources, viewer, isNewest ? newest : await chooseSnapshot(sources, wanted));
      const snapshot = known ?? choosing();
      chosen.set(key, snapshot);
      return await snapshot;
    },
  };
}

/** What a viewer sees at a server that loads some accounts only. */
function reachOf(viewer: Viewer, loaded: ReadonlySet<string> | undefined): Viewer {
  if (loaded === undefined) return viewer;
  const accountIds = viewer.seesAllAccounts ? [...loaded] : (viewer.accountIds ?? []).filter((id) => loaded.has(id));
  return { ...viewer, seesAllAccounts: false, accountIds };
}

const NEWEST = "newest";

const states = (chosen: ReadonlyMap<string, unknown>) => chosen.size - (chosen.has(NEWEST) ? 1 : 0);
