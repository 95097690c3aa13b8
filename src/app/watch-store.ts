import { setTimeout as sleep } from "node:timers/promises";
import type { RunOutcome } from "../inventory/import-run.js";
import type { Database } from "../store/database.js";
import { type Connections, countConnections, type OnQuery, watchQueries } from "../store/database-use.js";
import { lastRun, runsAfter } from "../store/finished-runs.js";
import { readSchemaState, type SchemaState } from "../store/schema-state.js";

/** Why an import was rejected, in few words, as each is a series of the metrics. */
export type RejectReason = "shrink" | "database_lost" | "content";

/** An import of any process. */
export interface CountedRun {
  readonly outcome: RunOutcome;
  readonly seconds: number;
  /** Of those that failed. */
  readonly reason: RejectReason | undefined;
}

/** How the database is used, for those who watch over it. */
export interface StoreWatch {
  readonly connections: () => Connections;
  readonly onQuery: (listener: OnQuery) => void;
  /** Tells of imports that ended, each time that `readRuns` is called. */
  readonly onRun: (listener: (run: CountedRun) => void) => void;
  /** Reads what there is; while the database is away nothing, and the next time all of it. */
  readonly readRuns: () => Promise<void>;
  /** How the schema stands to this program; UNKNOWN while the database does not say. */
  readonly schemaState: () => Promise<SchemaState | "UNKNOWN">;
}

/** Milliseconds that whoever asks for figures waits for the database. */
const PATIENCE = 1_000;

/** Watches from now on: what was before does not count. */
export async function watchStore(db: Database): Promise<StoreWatch> {
  let last = await lastRun(db);
  const listeners = new Set<(run: CountedRun) => void>();
  const read = inTurn(async () => {
    for (const { id, outcome, seconds, message } of await runsAfter(db, last)) {
      last = id;
      for (const listener of listeners) listener({ outcome, seconds, reason: reasonOf(message) });
    }
  });
  const state = inTurn(() => readSchemaState(db));
  return {
    connections: () => countConnections(db),
    onQuery: (listener) => watchQueries(db, listener),
    onRun: (listener) => void listeners.add(listener),
    readRuns: () => within(read(), undefined),
    schemaState: () => within<SchemaState | "UNKNOWN">(state(), "UNKNOWN"),
  };
}

/** Who asks while an answer is under way gets that one: a database that is away would otherwise gather waiting callers. */
function inTurn<T>(work: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | undefined;
  return () => {
    current ??= work().finally(() => {
      current = undefined;
    });
    return current;
  };
}

async function within<T>(work: Promise<T>, otherwise: T): Promise<T> {
  return await Promise.race([work.catch(() => otherwise), sleep(PATIENCE, otherwise, { ref: false })]);
}

function reasonOf(message: string | null): RejectReason | undefined {
  if (message === null) return undefined;
  if (message.endsWith("allow it to shrink")) return "shrink";
  return message.startsWith("the database went away") ? "database_lost" : "content";
}
