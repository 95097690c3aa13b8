import type { RequestContext } from "../graphql/request-context.js";
import type { OperationRecord } from "./operation-record.js";

/** What resolvers and the log know of a request. */
export interface OperationContext extends RequestContext {
  readonly record: OperationRecord;
}

/** Makes the context of one operation, which writes down what it looks at. */
export function recordOperation(
  context: RequestContext,
  record: OperationRecord,
  checkTime: () => void,
): OperationContext {
  return {
    ...context,
    checkTime,
    record,
    snapshotAt: async (at) => {
      const snapshot = await context.snapshotAt(at);
      record.revisions.add(snapshot.revision);
      return snapshot;
    },
  };
}
