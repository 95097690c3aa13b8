import type { LiveSnapshot, SetBack, Trouble } from "../app/live-snapshot.js";
import type { Readers } from "../app/open-readers.js";
import type { StoreWatch } from "../app/watch-store.js";
import { type Reply, replyJson } from "./reply.js";
import type { LoopWatch } from "./watch-loop.js";

export interface Health {
  readonly live: Pick<LiveSnapshot, "troubles" | "behind" | "setBack"> & {
    readonly newest: Pick<LiveSnapshot["newest"], "revision" | "committedAt">;
  };
  readonly readers: Pick<Readers, "replicas">;
  readonly store: Pick<StoreWatch, "schemaState">;
  readonly loop: Pick<LoopWatch, "longestPause">;
  /** True once the server takes no new requests. */
  readonly isDraining: () => boolean;
  /** Whether the database's own words are told. They name addresses and users, which are no business of strangers. */
  readonly tellsReasons: boolean;
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
async function answerReadiness({ live, readers, store, loop, isDraining, tellsReasons }: Health): Promise<Reply> {
  const { revision, committedAt } = live.newest;
  const pause = loop.longestPause();
  const required = {
    draining: isDraining() ? fail("the server stops; it answers what is under way and takes nothing new") : passed,
    eventLoop:
      pause <= longestPause ? passed : fail(`nothing was answered for ${Math.round(pause)} ms within the last 10 s`),
    snapshot: passed,
  };
  const told = {
    database: checkOf(live.troubles.database, tellsReasons),
    revision: checkOf(live.troubles.revision, tellsReasons),
    migrations: await checkSchema(store),
    ...(readers.replicas.length > 0 && {
      replicas: checkReplicas(readers.replicas, live.newest.revision, tellsReasons),
    }),
    ...(live.setBack !== undefined && { history: checkHistory(live.setBack) }),
  };
  const isReady = Object.values(required).every(({ ok }) => ok);
  const status = isReady ? "ready" : isDraining() ? "stopping" : "stalled";
  const trouble = told.revision.message ?? told.database.message ?? null;
  const facts = { status, revision, committedAt, behind: live.behind, trouble, checks: { ...required, ...told } };
  return replyJson(isReady ? 200 : 503, facts);
}

const passed: Check = { ok: true };
const fail = (message: string): Check => ({ ok: false, message });
const checkOf = (trouble: Trouble | undefined, tellsReasons: boolean) =>
  trouble === undefined ? passed : fail(tellsReasons ? `${trouble.message}: ${trouble.reason}` : trouble.message);

/** A replica that is not used costs time and no answer: the others and the primary are read instead. */
function checkReplicas(replicas: Readers["replicas"], newest: string, tellsReasons: boolean): Check {
  const words = replicas.flatMap(({ trouble, mark }, at) => {
    if (trouble !== undefined) return [`replica ${at + 1} is not read${tellsReasons ? `: ${trouble.message}` : ""}`];
    const behind = mark === undefined ? 0n : BigInt(newest) - BigInt(mark.revision);
    return behind > 0n ? [`replica ${at + 1} is ${behind} revisions behind`] : [];
  });
  return words.length === 0 ? passed : fail(words.join("; "));
}

function checkHistory({ from, to }: SetBack): Check {
  return fail(
    `the database went back from revision ${from} to ${to}, in a failover or by a restore: import again what was imported last`,
  );
}

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
