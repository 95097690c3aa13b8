import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { Log } from "../app/log.js";
import type { MetricsDoor } from "../app/metrics-settings.js";
import { checkHost } from "./check-host.js";
import { answerHealth, type Health } from "./health.js";
import { listen, METRICS_DOOR } from "./listen.js";
import type { Metrics } from "./metrics/create-metrics.js";
import { HttpRefusal, type Reply, replyText } from "./reply.js";
import { respond } from "./respond.js";

/** What is shown at a door of its own. */
export interface Shown {
  readonly metrics: Pick<Metrics, "show" | "contentType">;
  readonly health: Health;
  readonly log: Log;
  /** Names by which it may be called; undefined allows every name. */
  readonly allowedHosts: ReadonlySet<string> | undefined;
}

export interface OpenDoor {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/**
 * Shows figures and health apart from the answers, to whoever reaches the address: it tells counts and revisions, no facts.
 *
 * @throws Failure when it cannot listen there
 */
export async function openMetricsDoor(door: MetricsDoor, shown: Shown): Promise<OpenDoor> {
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000, connectionsCheckingInterval: 1_000 });
  server.maxHeadersCount = 100;
  server.on("request", respond({ log: shown.log, answer: (request) => answer(shown, request) }));
  const origin = await listen(server, door, METRICS_DOOR);
  const close = async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { origin, close };
}

async function answer({ metrics, health, allowedHosts }: Shown, request: IncomingMessage): Promise<Reply> {
  checkHost(request.headers.host, allowedHosts);
  if (request.method !== "GET" && request.method !== "HEAD") throw new HttpRefusal(405, "ask with GET");
  const path = request.url?.split("?", 1)[0];
  if (path === "/metrics") {
    return replyText(200, { "content-type": metrics.contentType }, await metrics.show());
  }
  const reply = await answerHealth(health, path);
  if (reply === undefined) throw new HttpRefusal(404, "there is nothing here but /metrics, /healthz and /readyz");
  return reply;
}
