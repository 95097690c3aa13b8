import type { LiveSnapshot } from "../app/live-snapshot.js";
import { type Reply, replyJson } from "./reply.js";

export interface Health {
  readonly live: Pick<LiveSnapshot, "newest" | "trouble">;
  /** True once the server takes no new requests. */
  readonly isDraining: () => boolean;
}

/**
 * `/healthz`: the process lives. `/readyz`: it answers questions, from which revision, and what keeps it from a newer
 * one. Questions are answered from memory, so a database that is away does not make a server unready.
 */
export function answerHealth({ live, isDraining }: Health, path: string | undefined): Reply | undefined {
  if (path === "/healthz") return replyJson(200, { status: "ok" });
  if (path !== "/readyz") return undefined;
  if (isDraining()) return replyJson(503, { status: "stopping" });
  const { revision, committedAt } = live.newest;
  const { trouble } = live;
  const words = trouble === undefined ? null : `${trouble.message}: ${trouble.reason}`;
  return replyJson(200, { status: "ready", revision, committedAt, trouble: words });
}
