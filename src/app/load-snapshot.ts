import { type CompiledEarly, compileInSteps, compilePoliciesInSteps } from "../grants/compile-snapshot.js";
import type { Snapshot } from "../grants/snapshot.js";
import { CATALOG_ACCOUNT } from "../inventory/keys.js";
import { notLoaded } from "../inventory/not-loaded.js";
import type { Gap } from "../inventory/source.js";
import type { Database } from "../store/database.js";
import { inSlices } from "../store/in-slices.js";
import { readAccountIds } from "../store/read-account-ids.js";
import { readFacts } from "../store/read-facts.js";
import type { At } from "../store/read-revision.js";

/** Which accounts are to be seen; what is left out sees all. */
export interface Sight {
  /** Those that whoever asks may see. */
  readonly viewer?: ReadonlySet<string> | undefined;
  /** Those that this server loads. */
  readonly server?: ReadonlySet<string> | undefined;
}

/** A snapshot, and what it takes to follow it. */
export interface Loaded {
  readonly snapshot: Snapshot;
  /** How often accounts had been erased from history by then. */
  readonly erasures: string;
}

/**
 * Reads a revision and arranges it for questions, letting others in every few milliseconds. Accounts that the viewer might
 * see, and that another server loads, are gaps of it.
 *
 * @param at left out: the newest revision
 */
export async function loadSnapshot(db: Database, at?: At, sight?: Sight): Promise<Snapshot> {
  return (await loadToFollow(db, at, sight)).snapshot;
}

/** The same with what it takes to follow it. */
export async function loadToFollow(db: Database, at?: At, sight: Sight = {}): Promise<Loaded> {
  let compiling: Promise<CompiledEarly> | undefined;
  const { facts, erasures } = await readFacts(db, at, seenOf(sight), (policies) => {
    compiling = inSlices(compilePoliciesInSteps(policies));
  });
  const gaps = [...facts.gaps, ...(await gapsOf(db, facts.revision, sight))];
  return { snapshot: await inSlices(compileInSteps({ ...facts, gaps }, await compiling)), erasures };
}

/** Accounts that are read; undefined for all. */
export function seenOf({ viewer, server }: Sight): ReadonlySet<string> | undefined {
  if (viewer === undefined || server === undefined) return viewer ?? server;
  return new Set([...viewer].filter((id) => server.has(id)));
}

/** One gap for each account that the viewer might see, and that another server loads. */
export async function gapsOf(db: Database, revision: string, { viewer, server }: Sight): Promise<readonly Gap[]> {
  if (server === undefined) return [];
  const ids = await readAccountIds(db, revision);
  const isElsewhere = (id: string) => id !== CATALOG_ACCOUNT && !server.has(id) && viewer?.has(id) !== false;
  return notLoaded(ids.filter(isElsewhere));
}
