type Env = Record<string, string | undefined>;

/** Milliseconds for which a collector that is away is asked again, unless the variables say otherwise: a command waits for it at its end. */
const PATIENCE = "3000";

/** Any of these says that somebody collects spans. */
const WANTED = ["OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

/**
 * Sends spans as the variables of OpenTelemetry say; without any of them nothing is loaded. Figures are for Prometheus and lines
 * for the log, so those that are left out of the variables are not sent this way too.
 *
 * @param env `process.env`, which the SDK reads as well
 * @returns sends what is left, and ends
 */
export async function startTracing(env: Env): Promise<() => Promise<void>> {
  const isWanted = WANTED.some((name) => (env[name] ?? "") !== "");
  const isOff = env.OTEL_SDK_DISABLED?.toLowerCase() === "true" || env.OTEL_TRACES_EXPORTER === "none";
  if (!isWanted || isOff) return async () => undefined;
  env.OTEL_EXPORTER_OTLP_TIMEOUT ??= PATIENCE;
  const { NodeSDK, resources } = await import("@opentelemetry/sdk-node");
  const sdk = new NodeSDK({
    ...((env.OTEL_SERVICE_NAME ?? "") === "" && { serviceName: "ramgraph" }),
    // That of the process would send the command line, and questions with it.
    resourceDetectors: [resources.envDetector, resources.hostDetector],
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  // A collector that is away must not turn a good end into a failure.
  return async () => await sdk.shutdown().catch(() => undefined);
}
