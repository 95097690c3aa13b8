import { Gauge, Histogram, type Registry } from "prom-client";
import type { StoreWatch } from "../../app/watch-store.js";

/** From the look at a counter to the read of a large world. */
const DURATIONS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60];

/** Connections of the pool, and how long statements took on them. */
export function measureDatabase(registry: Registry, { connections, onQuery }: StoreWatch): void {
  const registers = [registry];
  new Gauge({
    name: "db_pool_connections",
    help: "Connections to Postgres: busy and idle ones, and how many wait for one.",
    labelNames: ["state"],
    registers,
    collect() {
      for (const [state, count] of Object.entries(connections())) this.set({ state }, count);
    },
  });
  const durations = new Histogram({
    name: "db_query_duration_seconds",
    help: "How long statements took in Postgres, by outcome (ok or error).",
    labelNames: ["outcome"],
    buckets: DURATIONS,
    registers,
  });
  onQuery((milliseconds, isDone) => durations.observe({ outcome: isDone ? "ok" : "error" }, milliseconds / 1_000));
}
