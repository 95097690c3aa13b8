import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { connectTimeoutOf } from "./connect-timeout.js";
import { keepSockets, type OpenSockets } from "./open-sockets.js";
import { NEWEST_MARK, type NewestMark } from "./revision-mark.js";

export interface RevisionWatch {
  /** Ends the watch; its connection is closed when the promise settles. */
  readonly stop: () => Promise<void>;
}

export interface WatchOptions {
  /** Milliseconds between looks, for when no notice comes. 500 when left out. */
  readonly pollMs?: number;
  /** The server is expected to be a replica; left out, it is the primary, and one that still is a replica is no good. */
  readonly isReplica?: boolean;
  /** Told of each look that succeeds. */
  readonly onWell?: () => void;
  /** Told of each lost connection, with the reason. */
  readonly onTrouble?: (reason: Error) => void;
}

type OnMark = (mark: NewestMark) => void;

interface Look extends NewestMark {
  readonly isReplica: boolean;
  /** Of the process that answers. */
  readonly pid: number;
}

/** A commit is to be seen within two seconds, also right after a connection was lost. */
const LONGEST_PAUSE_MS = 1_000;
/** Whoever does not answer such a small question by then has gone, though nothing may have said so. */
const PATIENCE_MS = 2_000;

/**
 * Calls `onMark` with the newest revision at once and whenever there is another one, or another past: what was pruned or
 * erased. It listens on a connection of its own for notices, where the primary gives it one to keep, and also looks twice a second: a notice is a hint (a pooler
 * or a lost connection swallows it), the look is the guarantee. A lost connection is opened anew, after longer and
 * longer pauses.
 *
 * @param url of the server
 */
export function watchRevisions(url: string, onMark: OnMark, options: WatchOptions = {}): RevisionWatch {
  const ending = new AbortController();
  const done = watch(url, onMark, options, ending.signal);
  return {
    async stop() {
      ending.abort();
      await done;
    },
  };
}

async function watch(url: string, onMark: OnMark, options: WatchOptions, signal: AbortSignal): Promise<void> {
  let seen = "";
  for (let failures = 0; !signal.aborted; failures += 1) {
    const onLook = ({ revision, committedAt, erasures, oldest }: Look) => {
      failures = 0;
      options.onWell?.();
      const mark = JSON.stringify([revision, committedAt, erasures, oldest]);
      if (mark !== seen) onMark({ revision, committedAt, erasures, oldest });
      seen = mark;
    };
    const reason = await session(url, onLook, options, signal);
    if (reason === undefined) return;
    options.onTrouble?.(reason);
    await pause(Math.min(LONGEST_PAUSE_MS, 200 * 2 ** failures) * (0.5 + Math.random() / 2), signal);
  }
}

/** One connection's life; gives the reason of its loss, or nothing when it was ended on purpose. */
async function session(
  url: string,
  onLook: (look: Look) => void,
  { pollMs = 500, isReplica = false }: WatchOptions,
  signal: AbortSignal,
): Promise<Error | undefined> {
  const sockets = keepSockets();
  const client = openClient(url, sockets);
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
    let isListening = isReplica;
    while (!signal.aborted && lost === undefined) {
      wake = new AbortController();
      const look = await lookOnce(client, isReplica);
      onLook(look);
      if (isListening) await pause(pollMs, wake.signal);
      // A notice may have come before: so look again at once.
      else if (isOwn(client, look)) await client.query("LISTEN ramgraph_revision");
      isListening = true;
    }
    return lost;
  } catch (error) {
    return signal.aborted ? undefined : toError(error);
  } finally {
    signal.removeEventListener("abort", end);
    // A farewell to somebody who is gone would wait for the network to notice.
    await Promise.race([client.end().catch(() => undefined), sleep(PATIENCE_MS, undefined, { ref: false })]);
    sockets.destroy();
  }
}

function openClient(url: string, sockets: OpenSockets): pg.Client {
  return new pg.Client({
    connectionString: url,
    stream: sockets.open,
    application_name: "ramgraph watch",
    connectionTimeoutMillis: connectTimeoutOf(url),
    query_timeout: PATIENCE_MS,
    keepAlive: true,
  });
}

async function lookOnce(client: pg.Client, expectsReplica: boolean): Promise<Look> {
  const { rows } = await client.query<Look>(NEWEST_MARK);
  const [look] = rows;
  if (look === undefined) throw new Error("the database holds no revision at all");
  // While a failover is under way, its address may already lead to a replica that is not promoted yet.
  if (look.isReplica && !expectsReplica)
    throw new Error("the database is a replica, which may lag, and not the primary");
  return look;
}

/** Does this connection lead to one process of Postgres for good? A pooler that lends processes out tells its own number. */
function isOwn(client: pg.Client, { pid }: Look): boolean {
  return "processID" in client && client.processID === pid;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));
