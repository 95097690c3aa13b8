import type { IncomingMessage, ServerResponse } from "node:http";
import { Histogram, type Registry } from "prom-client";

const PATHS = ["/graphql", "/healthz", "/readyz", "/metrics"];
const METHODS = ["GET", "HEAD", "POST", "OPTIONS"];
const DURATIONS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];
/** For a client that left before it had its answer; the number that proxies log for it. */
const LEFT = 499;

/** A request that is over. */
export interface EndedRequest extends Pick<IncomingMessage, "method" | "url"> {
  readonly status: number;
  /** From its head to the end of its answer. */
  readonly seconds: number;
}

/**
 * Times requests.
 *
 * @returns what takes each request that is over
 */
export function measureRequests(registry: Registry): (request: EndedRequest) => void {
  const durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "How long requests took, by method, path (other for those that are none of ours) and status (499: the client left).",
    labelNames: ["method", "path", "status"],
    buckets: DURATIONS,
    registers: [registry],
  });
  return ({ method, url, status, seconds }) =>
    durations.observe({ method: methodOf(method), path: pathOf(url), status }, seconds);
}

/** Tells `take` of a request when it is over. */
export function watchRequest(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  take: (request: EndedRequest) => void,
): void {
  const start = performance.now();
  response.once("close", () => {
    const status = response.writableFinished ? response.statusCode : LEFT;
    take({ method, url, status, seconds: (performance.now() - start) / 1_000 });
  });
}

const methodOf = (method = ""): string => (METHODS.includes(method) ? method : "other");

function pathOf(url = ""): string {
  const path = url.split("?", 1)[0] ?? "";
  if (path.startsWith("/playground")) return "/playground";
  return PATHS.includes(path) ? path : "other";
}
