import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../store/database.js";
import { pruneHistory } from "../store/prune-history.js";
import type { Log } from "./log.js";

const hour = 3_600_000;

/**
 * Prunes history now and once an hour. A database that is away is asked again an hour later.
 *
 * @param seconds how long history is kept
 * @returns ends it, once the step that is under way is done
 */
export function pruneHourly(db: Database, seconds: number, log: Log): () => Promise<void> {
  const ending = new AbortController();
  const done = repeat(db, seconds, log, ending.signal);
  return async () => {
    ending.abort();
    await done;
  };
}

async function repeat(db: Database, seconds: number, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const report = await pruneHistory(db, seconds, signal);
      if (report.revisions > 0) log.info({ ...report }, "pruned history");
    } catch (error) {
      log.warn({ err: error }, "cannot prune history");
    }
    await sleep(hour, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
