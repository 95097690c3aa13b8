import { once } from "node:events";
import { createServer, type Server, STATUS_CODES } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../app/build-app.js";
import { type Config, chooseHosts } from "../app/config.js";
import type { Log } from "../app/log.js";
import { isLoopback } from "../app/loopback.js";
import type { MetricsDoor } from "../app/metrics-settings.js";
import { packageRoot } from "../app/package-root.js";
import { readVersion } from "../app/read-version.js";
import { createAuthenticate } from "./auth/authenticate.js";
import { createGraphql } from "./create-graphql.js";
import { keepGarbageYoung } from "./keep-garbage-young.js";
import { DOOR, listen } from "./listen.js";
import { createMetrics } from "./metrics/create-metrics.js";
import { type OpenDoor, openMetricsDoor, type Shown } from "./metrics-door.js";
import { type AnswerPlayground, createPlayground } from "./playground.js";
import { createRouter } from "./route.js";
import { watchLoop } from "./watch-loop.js";

export interface RunningServer {
  /** E.g. `http://127.0.0.1:4000`, no slash at the end. */
  readonly origin: string;
  /** Of the metrics, where they have a door of their own. */
  readonly metricsOrigin: string | undefined;
  /** Answers what is under way, then ends; the app stays open. */
  readonly stop: () => Promise<void>;
}

/** Milliseconds. Whoever sends slowly, or nothing, gives way to others. */
const limits = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 };
/** Milliseconds for which a connection may lie still beyond the time of an operation: whoever reads no answer gives way, too. */
const deafness = 20_000;
const drainTime = 10_000;

/**
 * Serves the app by HTTP: `/graphql`, `/playground`, `/healthz`, `/readyz`, `/metrics`.
 *
 * @param hasShortcut see `createGraphql`
 * @throws Failure when it cannot listen there
 */
export async function startServer(app: App, config: Config, log: Log, hasShortcut = true): Promise<RunningServer> {
  const { schema, live, store, readers, trusted } = app;
  const names = new Set([...trusted.values()].flatMap(({ operations }) => operations));
  const metrics = createMetrics({ schema, live, store, readers, names, version: readVersion() });
  keepGarbageYoung();
  const graphql = createGraphql(schema, config, log, hasShortcut);
  await graphql.start();
  const loop = watchLoop();
  let isDraining = false;
  const health = { tellsReasons: true, live, store, readers, loop, isDraining: () => isDraining };
  const server = createServer({ ...limits, keepAliveTimeout: 10_000 });
  server.maxHeadersCount = 100;
  server.timeout = config.operationTimeout + deafness;
  server.on("request", metrics.watchRequest);
  const router = createRouter({
    graphql,
    metrics,
    log,
    health: { ...health, tellsReasons: !hasAuth(config) },
    playground: await openPlayground(app, config),
    createContext: app.createContext,
    operationTimeout: config.operationTimeout,
    authenticate: createAuthenticate(config.auth, app.tokens, log),
    allowedHosts: config.allowedHosts,
    corsOrigins: config.corsOrigins,
    documents: { trusted, onlyTrusted: config.onlyTrusted },
    live,
    takesForwarded: hasAuth(config) || !isLoopback(config.host),
    showsMetrics: config.metricsDoor === undefined,
  });
  server.on("request", router);
  server.on("clientError", refuseNoise);
  const origin = await listen(server, config, DOOR);
  const door = await openDoor(config.metricsDoor, { metrics, health, log }).catch(async (error: unknown) => {
    await drain(server);
    throw error;
  });
  const stop = async () => {
    isDraining = true;
    await sleep(config.drainDelay);
    await drain(server);
    await Promise.all([graphql.stop(), door?.close()]);
    loop.stop();
  };
  return { origin, metricsOrigin: door?.origin, stop };
}

const hasAuth = ({ auth }: Config) => auth.takesTokens || auth.oidc !== undefined;

async function openPlayground({ examples }: App, { hasPlayground }: Config): Promise<AnswerPlayground> {
  if (!hasPlayground) return () => undefined;
  return await createPlayground({ assetsDir: join(packageRoot, "dist/playground"), examples });
}

async function openDoor(
  door: MetricsDoor | undefined,
  shown: Omit<Shown, "allowedHosts">,
): Promise<OpenDoor | undefined> {
  if (door === undefined) return undefined;
  return await openMetricsDoor(door, { ...shown, allowedHosts: chooseHosts(door.host, undefined) });
}

/** Ends idle connections at once, busy ones with their answer, and after some time whatever is left. */
async function drain(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  const late = setTimeout(() => server.closeAllConnections(), drainTime);
  await closed;
  clearTimeout(late);
}

const statusOfNoise: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What is no HTTP request gets an answer that any client understands, and its connection ends. */
function refuseNoise(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
  const status = statusOfNoise[error.code ?? ""] ?? 400;
  const words = STATUS_CODES[status] ?? "";
  const body = JSON.stringify({ errors: [{ message: words.toLowerCase(), extensions: { code: "BAD_REQUEST" } }] });
  const head = [`HTTP/1.1 ${status} ${words}`, "connection: close", "content-type: application/json; charset=utf-8"];
  socket.end(`${head.join("\r\n")}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
