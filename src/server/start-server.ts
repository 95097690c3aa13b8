import { once } from "node:events";
import { createServer, type Server, STATUS_CODES } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { App } from "../app/build-app.js";
import type { Config } from "../app/config.js";
import { Failure } from "../app/failure.js";
import type { Log } from "../app/log.js";
import { isLoopback } from "../app/loopback.js";
import { packageRoot } from "../app/package-root.js";
import { createAuthenticate } from "./auth/authenticate.js";
import { createApollo } from "./create-apollo.js";
import { createMetrics } from "./metrics.js";
import { createPlayground } from "./playground.js";
import { createRouter } from "./route.js";

export interface RunningServer {
  /** E.g. `http://127.0.0.1:4000`, no slash at the end. */
  readonly origin: string;
  /** Answers what is under way, then ends; the app stays open. */
  readonly stop: () => Promise<void>;
}

/** Milliseconds. Whoever sends slowly, or nothing, gives way to others. */
const limits = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 };
const drainTime = 10_000;

/**
 * Serves the app by HTTP: `/graphql`, `/playground`, `/healthz`, `/readyz`, `/metrics`.
 *
 * @throws Failure when it cannot listen there
 */
export async function startServer(app: App, config: Config, log: Log): Promise<RunningServer> {
  const metrics = createMetrics(new Set(app.examples.map(({ name }) => name)), app.live);
  const apollo = createApollo(app.schema, config, log, metrics);
  await apollo.start();
  const assetsDir = join(packageRoot, "dist/playground");
  const playground = config.hasPlayground
    ? await createPlayground({ assetsDir, examples: app.examples })
    : () => undefined;
  const hasAuth = config.auth.takesTokens || config.auth.oidc !== undefined;
  let isDraining = false;
  const server = createServer({ ...limits, keepAliveTimeout: 10_000 });
  server.maxHeadersCount = 100;
  server.on(
    "request",
    createRouter({
      apollo,
      playground,
      metrics,
      log,
      createContext: app.createContext,
      operationTimeout: config.operationTimeout,
      authenticate: createAuthenticate(config.auth, app.tokens),
      allowedHosts: config.allowedHosts,
      takesForwarded: hasAuth || !isLoopback(config.host),
      health: { live: app.live, isDraining: () => isDraining },
    }),
  );
  server.on("clientError", refuseNoise);
  const origin = await listen(server, config);
  const stop = async () => {
    isDraining = true;
    await drain(server);
    await apollo.stop();
  };
  return { origin, stop };
}

async function listen(server: Server, { host, port }: Config): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw new Failure(explainListening(host, port, error), { cause: error });
  }
  const address = server.address();
  const given = typeof address === "object" && address !== null ? address.port : port;
  return `http://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${given}`;
}

function explainListening(host: string, port: number, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return `port ${port} of ${host} is taken by another program; set PORT to a free one`;
  if (code === "EACCES") return `this user may not listen on port ${port} of ${host}; set PORT to one above 1023`;
  return `cannot listen on ${host}: ${error instanceof Error ? error.message : String(error)}; check HOST and PORT`;
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
