import { compileInSteps } from "../grants/compile-snapshot.js";
import type { Snapshot } from "../grants/snapshot.js";
import type { Database } from "../store/database.js";
import { readFacts } from "../store/read-facts.js";
import type { At } from "../store/read-revision.js";
import { inSlices } from "./in-slices.js";

/** A snapshot, and what it takes to follow it. */
export interface Loaded {
  readonly snapshot: Snapshot;
  /** How often accounts had been erased from history by then. */
  readonly erasures: string;
}

/**
 * Reads a revision and arranges it for questions, letting others in every few milliseconds.
 *
 * @param at left out: the newest revision
 * @param accountIds accounts to see; left out, all
 */
export async function loadSnapshot(db: Database, at?: At, accountIds?: ReadonlySet<string>): Promise<Snapshot> {
  return (await loadToFollow(db, at, accountIds)).snapshot;
}

/** The same with what it takes to follow it. */
export async function loadToFollow(db: Database, at?: At, accountIds?: ReadonlySet<string>): Promise<Loaded> {
  const { facts, erasures } = await readFacts(db, at, accountIds);
  return { snapshot: await inSlices(compileInSteps(facts)), erasures };
}
