import type { RequestContext } from "../graphql/request-context.js";

/** What resolvers and the log know of a request. */
export interface OperationContext extends RequestContext {
  readonly requestId: string;
  readonly record: OperationRecord;
}

/** What the log says of an operation, written down while it runs. */
export interface OperationRecord {
  /** Of the snapshots that answered. */
  readonly revisions: Set<string>;
  /** What it was priced at; undefined for what never got that far. */
  cost: number | undefined;
}

/** Makes the context of one operation, which writes down what it looks at. */
export function recordOperation(context: RequestContext, requestId: string, checkTime: () => void): OperationContext {
  const record: OperationRecord = { revisions: new Set(), cost: undefined };
  return {
    ...context,
    requestId,
    checkTime,
    record,
    snapshotAt: async (at) => {
      const snapshot = await context.snapshotAt(at);
      record.revisions.add(snapshot.revision);
      return snapshot;
    },
  };
}
