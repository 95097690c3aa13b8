import { compileInSteps } from "../grants/compile-snapshot.js";
import type { Snapshot } from "../grants/snapshot.js";
import type { Database } from "../store/database.js";
import { readFacts } from "../store/read-facts.js";
import type { At } from "../store/read-revision.js";
import { inSlices } from "./in-slices.js";

/**
 * Reads a revision and arranges it for questions, letting others in every few milliseconds.
 *
 * @param at left out: the newest revision
 * @param accountIds accounts to see; left out, all
 */
export async function loadSnapshot(db: Database, at?: At, accountIds?: ReadonlySet<string>): Promise<Snapshot> {
  return await inSlices(compileInSteps(await readFacts(db, at, accountIds)));
}
