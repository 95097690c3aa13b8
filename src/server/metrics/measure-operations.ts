import { Counter, Histogram, type Registry } from "prom-client";
import type { OperationRecord } from "../operation-record.js";

const DURATIONS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];
const COSTS = [1, 10, 100, 1_000, 5_000, 10_000, 20_000];

/** What is counted of an operation that is over. */
export interface EndedOperation
  extends Pick<OperationRecord, "type" | "operationName" | "cost" | "codes" | "verdicts"> {
  readonly seconds: number;
}

/**
 * Counts operations.
 *
 * @param names of operations that are counted by name
 * @returns what takes each operation that is over
 */
export function measureOperations(registry: Registry, names: ReadonlySet<string>): (operation: EndedOperation) => void {
  const registers = [registry];
  const durations = new Histogram({
    name: "graphql_operation_duration_seconds",
    help: "How long operations took, by type, by name (those that come with ramgraph, else other) and outcome (ok or error).",
    labelNames: ["type", "name", "outcome"],
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
    help: "Errors in answers, refused requests among them.",
    labelNames: ["code"],
    registers,
  });
  return ({ seconds, type, operationName, cost, codes }) => {
    for (const code of codes) errors.inc({ code });
    if (cost !== undefined) costs.observe(cost);
    if (type === undefined) return;
    const name = operationName !== undefined && names.has(operationName) ? operationName : "other";
    const outcome = codes.length === 0 ? "ok" : "error";
    durations.observe({ type, name, outcome }, seconds);
  };
}
