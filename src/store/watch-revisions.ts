import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Database } from "./database.js";
import type { Revision } from "./read-revision.js";

export interface RevisionWatch {
  /** Ends the watch; its connection is closed when the promise settles. */
  readonly stop: () => Promise<void>;
}

export interface WatchOptions {
  /** Milliseconds between looks, for when no notice comes. 500 when left out. */
  readonly pollMs?: number;
  /** Told of each look that succeeds. */
  readonly onWell?: () => void;
  /** Told of each lost connection, with the reason. */
  readonly onTrouble?: (reason: Error) => void;
}

/** A commit is to be seen within two seconds, also right after a connection was lost. */
const LONGEST_PAUSE_MS = 1_000;
/** Whoever does not answer such a small question by then has gone, though nothing may have said so. */
const PATIENCE_MS = 2_000;

/**
 * Calls `onRevision` with the newest revision at once and whenever there is a newer one. It listens on a connection of
 * its own for notices and also looks twice a second: a notice is a hint (a pooler or a lost connection swallows it),
 * the look is the guarantee. A lost connection is opened anew, after longer and longer pauses.
 */
export function watchRevisions(
  db: Database,
  onRevision: (revision: Revision["revision"]) => void,
  options: WatchOptions = {},
): RevisionWatch {
  const ending = new AbortController();
  const done = watch(db.url, onRevision, options, ending.signal);
  return {
    async stop() {
      ending.abort();
      await done;
    },
  };
}

async function watch(
  url: string,
  onRevision: (revision: string) => void,
  options: WatchOptions,
  signal: AbortSignal,
): Promise<void> {
  let seen: string | undefined;
  const report = (revision: string) => {
    if (revision === seen) return;
    seen = revision;
    onRevision(revision);
  };
  for (let failures = 0; !signal.aborted; failures += 1) {
    const onLook = (revision: string) => {
      failures = 0;
      options.onWell?.();
      report(revision);
    };
    const reason = await session(url, onLook, options.pollMs ?? 500, signal);
    if (reason === undefined) return;
    options.onTrouble?.(reason);
    await pause(Math.min(LONGEST_PAUSE_MS, 200 * 2 ** failures) * (0.5 + Math.random() / 2), signal);
  }
}

/** One connection's life; gives the reason of its loss, or nothing when it was ended on purpose. */
async function session(
  url: string,
  onLook: (revision: string) => void,
  pollMs: number,
  signal: AbortSignal,
): Promise<Error | undefined> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "ramgraph watch",
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    keepAlive: true,
  });
  let lost: Error | undefined;
  let wake = new AbortController();
  client.on("error", (error) => {
    lost = error;
    wake.abort();
  });
  client.on("notification", () => wake.abort());
  const end = () => wake.abort();
  signal.addEventListener("abort", end);
  try {
    await client.connect();
    await client.query("LISTEN ramgraph_revision");
    while (!signal.aborted && lost === undefined) {
      wake = new AbortController();
      const { rows } = await client.query<{ revision: string }>("SELECT revision::text FROM revision_counter");
      if (rows[0] !== undefined) onLook(rows[0].revision);
      await pause(pollMs, wake.signal);
    }
    return lost;
  } catch (error) {
    return signal.aborted ? undefined : toError(error);
  } finally {
    signal.removeEventListener("abort", end);
    // A farewell to somebody who is gone would wait for the network to notice.
    await Promise.race([client.end().catch(() => undefined), sleep(PATIENCE_MS, undefined, { ref: false })]);
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));
