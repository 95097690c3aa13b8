import type { IncomingMessage, ServerResponse } from "node:http";
import { Histogram, type Registry } from "prom-client";

/** Told of each request when it begins. */
export type WatchRequest = (request: IncomingMessage, response: ServerResponse) => void;

const PATHS = ["/graphql", "/healthz", "/readyz", "/metrics"];
const METHODS = ["GET", "HEAD", "POST", "OPTIONS"];
const DURATIONS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];
/** For a client that left before it had its answer; the number that proxies log for it. */
const LEFT = 499;

/** Times each request from its head to the end of its answer. */
export function measureRequests(registry: Registry): WatchRequest {
  const durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "How long requests took, by method, path (other for those that are none of ours) and status (499: the client left).",
    labelNames: ["method", "path", "status"],
    buckets: DURATIONS,
    registers: [registry],
  });
  return (request, response) => {
    const start = performance.now();
    response.once("close", () => {
      const method = METHODS.find((each) => each === request.method) ?? "other";
      const status = response.writableFinished ? response.statusCode : LEFT;
      durations.observe({ method, path: pathOf(request.url), status }, (performance.now() - start) / 1_000);
    });
  };
}

function pathOf(url = ""): string {
  const path = url.split("?", 1)[0] ?? "";
  if (path.startsWith("/playground")) return "/playground";
  return PATHS.includes(path) ? path : "other";
}
