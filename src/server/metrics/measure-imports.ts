import { Counter, Histogram, type Registry } from "prom-client";
import type { StoreWatch } from "../../app/watch-store.js";

const DURATIONS = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 600];

/** Counts the imports of all processes since this one started, as the database has them on record. */
export function measureImports(registry: Registry, { onRun }: Pick<StoreWatch, "onRun">): void {
  const registers = [registry];
  const durations = new Histogram({
    name: "import_duration_seconds",
    help: "How long imports took in the database, by outcome.",
    labelNames: ["outcome"],
    buckets: DURATIONS,
    registers,
  });
  const rejected = new Counter({
    name: "import_rejected_total",
    help: "Imports that the database's rules refused: shrink (it would lose half of its source), database_lost or content.",
    labelNames: ["reason"],
    registers,
  });
  onRun(({ outcome, seconds, reason }) => {
    durations.observe({ outcome: outcome.toLowerCase() }, seconds);
    if (reason !== undefined) rejected.inc({ reason });
  });
}
