import { context as traces } from "@opentelemetry/api";
import type { RequestContext, Viewer } from "../graphql/request-context.js";
import type { OperationRecord } from "./operation-record.js";

/** What resolvers and the log know of a request. */
export interface OperationContext extends RequestContext {
  readonly record: OperationRecord;
}

/** The context of one operation, which writes down what it looks at. */
export function recordOperation(
  context: RequestContext,
  record: OperationRecord,
  checkTime: () => void,
): OperationContext {
  return new RecordedContext(context, record, checkTime);
}

/** Its getters stand on the prototype, so that they survive Apollo Server, which copies what a context holds itself. */
class RecordedContext implements OperationContext {
  readonly viewer: Viewer;
  readonly snapshotAt: RequestContext["snapshotAt"];

  constructor(
    readonly inner: RequestContext,
    readonly record: OperationRecord,
    readonly checkTime: () => void,
  ) {
    this.viewer = inner.viewer;
    this.snapshotAt = async (at) => {
      if (at?.asOf !== undefined) record.isTimeless = false;
      const snapshot = await traces.with(record.trace ?? traces.active(), () => inner.snapshotAt(at));
      record.revisions.add(snapshot.revision);
      return snapshot;
    };
  }

  get history(): RequestContext["history"] {
    this.record.isTimeless = false;
    return this.inner.history;
  }

  get trouble(): string | undefined {
    this.record.isTimeless = false;
    return this.inner.trouble;
  }
}
