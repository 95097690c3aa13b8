import { setTimeout as sleep } from "node:timers/promises";

type Env = Readonly<Record<string, string | undefined>>;

/** Milliseconds that the last spans may take. */
const PATIENCE = 2_000;

/** Any of these says that somebody collects spans. */
const WANTED = ["OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

/**
 * Sends spans as the variables of OpenTelemetry say; without any of them nothing is loaded. Figures are for Prometheus and lines
 * for the log, so those that are left out of the variables are not sent this way too.
 *
 * @param env names and values, as in `process.env`
 * @returns sends what is left, and ends
 */
export async function startTracing(env: Env): Promise<() => Promise<void>> {
  const isWanted = WANTED.some((name) => (env[name] ?? "") !== "");
  const isOff = env.OTEL_SDK_DISABLED?.toLowerCase() === "true" || env.OTEL_TRACES_EXPORTER === "none";
  if (!isWanted || isOff) return async () => undefined;
  const { NodeSDK, resources } = await import("@opentelemetry/sdk-node");
  const sdk = new NodeSDK({
    ...((env.OTEL_SERVICE_NAME ?? "") === "" && { serviceName: "ramgraph" }),
    // That of the process would send the command line, and questions with it.
    resourceDetectors: [resources.envDetector, resources.hostDetector],
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  // A collector that is away must neither turn a good end into a failure nor delay it for long.
  return async () =>
    await Promise.race([sdk.shutdown().catch(() => undefined), sleep(PATIENCE, undefined, { ref: false })]);
}
