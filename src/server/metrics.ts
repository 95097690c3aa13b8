import type { ApolloServerPlugin } from "@apollo/server";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { LiveSnapshot } from "../app/live-snapshot.js";
import type { OperationContext } from "./operation-context.js";

/** What is counted of operations, and how it is shown. */
export interface Metrics {
  readonly plugin: ApolloServerPlugin<OperationContext>;
  /** In the text format of Prometheus. */
  readonly show: () => Promise<string>;
  readonly contentType: string;
}

const DURATIONS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];
const COSTS = [1, 10, 100, 1_000, 5_000, 10_000, 20_000];

/**
 * Counts operations for Prometheus.
 *
 * @param names of operations that are counted by name; all others are `other`, so that clients cannot make the metrics grow
 */
export function createMetrics(names: ReadonlySet<string>, live: Pick<LiveSnapshot, "newest" | "trouble">): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  measureSnapshot(registry, live);
  const registers = [registry];
  const durations = new Histogram({
    name: "graphql_operation_duration_seconds",
    help: "How long operations took.",
    labelNames: ["name", "outcome"],
    buckets: DURATIONS,
    registers,
  });
  const costs = new Histogram({
    name: "graphql_query_cost",
    help: "What operations were priced at.",
    buckets: COSTS,
    registers,
  });
  const errors = new Counter({
    name: "graphql_errors_total",
    help: "Errors in answers.",
    labelNames: ["code"],
    registers,
  });
  const plugin: ApolloServerPlugin<OperationContext> = {
    async requestDidStart({ contextValue: { record } }) {
      const start = performance.now();
      return {
        async willSendResponse({ operationName, response: { body } }) {
          const given = body.kind === "single" ? (body.singleResult.errors ?? []) : [];
          const name = typeof operationName === "string" && names.has(operationName) ? operationName : "other";
          const outcome = given.length === 0 ? "ok" : "error";
          durations.observe({ name, outcome }, (performance.now() - start) / 1_000);
          if (record.cost !== undefined) costs.observe(record.cost);
          for (const { extensions } of given) errors.inc({ code: String(extensions?.code) });
        },
      };
    },
  };
  return { plugin, show: () => registry.metrics(), contentType: registry.contentType };
}

function measureSnapshot(registry: Registry, live: Pick<LiveSnapshot, "newest" | "trouble">): void {
  const registers = [registry];
  new Gauge({
    name: "revision_info",
    help: "The revision that answers come from, as a number.",
    registers,
    collect() {
      this.set(Number(live.newest.revision));
    },
  });
  new Gauge({
    name: "snapshot_following",
    help: "1 while the snapshot follows the database, else 0.",
    registers,
    collect() {
      this.set(live.trouble === undefined ? 1 : 0);
    },
  });
}
