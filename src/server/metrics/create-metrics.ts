import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLSchema } from "graphql";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { LiveSnapshot } from "../../app/live-snapshot.js";
import type { Readers } from "../../app/open-readers.js";
import type { StoreWatch } from "../../app/watch-store.js";
import { gather } from "../gather.js";
import type { OperationRecord } from "../operation-record.js";
import { measureDatabase } from "./measure-database.js";
import { measureDecisions } from "./measure-decisions.js";
import { measureImports } from "./measure-imports.js";
import { type EndedOperation, measureOperations } from "./measure-operations.js";
import { measureReplicas } from "./measure-replicas.js";
import { type EndedRequest, measureRequests, watchRequest } from "./measure-requests.js";
import { measureSnapshot } from "./measure-snapshot.js";

/** What is counted, and how it is shown. */
export interface Metrics {
  /** Told of each request when it begins. */
  readonly watchRequest: (request: IncomingMessage, response: ServerResponse) => void;
  /** Takes the record of an operation that is over. */
  readonly countOperation: (record: OperationRecord) => void;
  /** In the text format of Prometheus. */
  readonly show: () => Promise<string>;
  readonly contentType: string;
}

/** What is measured. */
export interface Measured {
  /** Its decisions are counted from then on. */
  readonly schema: GraphQLSchema;
  /** Operations that are counted by name; all others are `other`, so that clients cannot make the metrics grow. */
  readonly names: ReadonlySet<string>;
  readonly live: Pick<LiveSnapshot, "newest" | "trouble" | "setBack">;
  readonly store: StoreWatch;
  readonly readers: Pick<Readers, "replicas" | "reads">;
  readonly version: string;
}

/** Counts for Prometheus, under the names that are usual for such programs, in seconds. */
export function createMetrics({ schema, names, live, store, readers, version }: Measured): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labels = { version, node: process.version };
  const running = { name: "ramgraph_info", help: "1 for the version that runs.", labelNames: Object.keys(labels) };
  new Gauge({ ...running, registers: [registry] }).set(labels, 1);
  measureSnapshot(registry, live);
  measureDatabase(registry, store);
  const countVerdicts = measureDecisions(registry, schema);
  measureImports(registry, store);
  measureReplicas(registry, readers, live);
  const countOperation = measureOperations(registry, names);
  const countRequest = measureRequests(registry);
  const operations = gather<EndedOperation>((ended) => {
    for (const operation of ended) {
      countOperation(operation);
      countVerdicts(operation);
    }
  });
  const requests = gather<EndedRequest>((ended) => ended.forEach(countRequest));
  return {
    watchRequest: (request, response) => watchRequest(request, response, requests.take),
    countOperation: ({ type, operationName, cost, codes, verdicts, start }) => {
      const seconds = (performance.now() - start) / 1_000;
      operations.take({ type, operationName, cost, codes, verdicts, seconds });
    },
    show: async () => {
      await store.readRuns();
      operations.flush();
      requests.flush();
      return await registry.metrics();
    },
    contentType: registry.contentType,
  };
}
