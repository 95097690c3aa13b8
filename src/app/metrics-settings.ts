import { z } from "zod";

/** Where figures are shown apart from answers. */
export interface MetricsDoor {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

export const metricsShape = {
  RAMGRAPH_METRICS_PORT: z.string().refine(isPort, "must be a port from 0 to 65535").transform(Number).optional(),
  RAMGRAPH_METRICS_HOST: z.string().trim().default("127.0.0.1"),
} as const;

type MetricsSettings = z.output<z.ZodObject<typeof metricsShape>>;

/** Undefined when figures are shown beside the answers. */
export function toMetricsDoor(read: MetricsSettings): MetricsDoor | undefined {
  const { RAMGRAPH_METRICS_HOST: host, RAMGRAPH_METRICS_PORT: port } = read;
  return port === undefined ? undefined : { host, port };
}

/** Settings of that door that would change nothing, or that cannot be. */
export function findMetricsTroubles(
  { RAMGRAPH_METRICS_PORT: port, PORT }: MetricsSettings & { readonly PORT: number },
  given: Readonly<Record<string, unknown>>,
): readonly string[] {
  if (port === undefined && given.RAMGRAPH_METRICS_HOST !== undefined) {
    return ["`RAMGRAPH_METRICS_HOST` is set and `RAMGRAPH_METRICS_PORT` is not, so it would change nothing"];
  }
  if (port === undefined || port === 0 || port !== PORT) return [];
  return ["`RAMGRAPH_METRICS_PORT` is that of `PORT`; choose another, or leave it out to show metrics there to tokens"];
}
