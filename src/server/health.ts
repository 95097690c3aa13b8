import type { LiveSnapshot, Trouble } from "../app/live-snapshot.js";
import type { StoreWatch } from "../app/watch-store.js";
import { type Reply, replyJson } from "./reply.js";
import type { LoopWatch } from "./watch-loop.js";

export interface Health {
  readonly live: Pick<LiveSnapshot, "newest" | "troubles" | "behind">;
  readonly store: Pick<StoreWatch, "schemaState">;
  readonly loop: Pick<LoopWatch, "longestPause">;
  /** True once the server takes no new requests. */
  readonly isDraining: () => boolean;
}

/** Milliseconds for which the event loop may stand still before others had better answer. */
const longestPause = 1_000;

interface Check {
  readonly ok: boolean;
  /** What is wrong, and what that means. */
  readonly message?: string;
}

/**
 * `/healthz`: the process lives. `/readyz`: it answers questions, from which revision, and what keeps it from a newer one.
 *
 * @returns undefined for other paths
 */
export async function answerHealth(health: Health, path: string | undefined): Promise<Reply | undefined> {
  if (path === "/healthz") return replyJson(200, { status: "ok" });
  return path === "/readyz" ? await answerReadiness(health) : undefined;
}

/**
 * Who drains or stands still gets no requests. Questions are answered from memory, so a database that is away, or a revision that
 * cannot be loaded, is told and does not make a server unready: all servers share it, and then nobody would answer.
 */
async function answerReadiness({ live, store, loop, isDraining }: Health): Promise<Reply> {
  const { revision, committedAt } = live.newest;
  const pause = loop.longestPause();
  const required = {
    draining: isDraining() ? fail("the server stops; it answers what is under way and takes nothing new") : passed,
    eventLoop:
      pause <= longestPause ? passed : fail(`nothing was answered for ${Math.round(pause)} ms within the last 10 s`),
    snapshot: passed,
  };
  const told = {
    database: checkOf(live.troubles.database),
    revision: checkOf(live.troubles.revision),
    migrations: await checkSchema(store),
  };
  const isReady = Object.values(required).every(({ ok }) => ok);
  const status = isReady ? "ready" : isDraining() ? "stopping" : "stalled";
  const trouble = told.revision.message ?? told.database.message ?? null;
  const facts = { status, revision, committedAt, behind: live.behind, trouble, checks: { ...required, ...told } };
  return replyJson(isReady ? 200 : 503, facts);
}

const passed: Check = { ok: true };
const fail = (message: string): Check => ({ ok: false, message });
const checkOf = (trouble: Trouble | undefined) =>
  trouble === undefined ? passed : fail(`${trouble.message}: ${trouble.reason}`);

async function checkSchema({ schemaState }: Pick<StoreWatch, "schemaState">): Promise<Check> {
  switch (await schemaState()) {
    case "CURRENT":
      return passed;
    case "AHEAD":
      return { ok: true, message: "a newer ramgraph has migrated the database; this one goes on until it is replaced" };
    case "BEHIND":
      return fail("the database lacks migrations of this ramgraph: run `ramgraph migrate`, or restart the server");
    case "UNKNOWN":
      return fail("the database does not say which migrations it has");
  }
}
