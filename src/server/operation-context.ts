import { context as traces } from "@opentelemetry/api";
import type { LiveSnapshot } from "../app/live-snapshot.js";
import type { RequestContext, SnapshotRequest, Viewer } from "../graphql/request-context.js";
import type { OperationRecord } from "./operation-record.js";

/** What resolvers and the log know of a request. */
export interface OperationContext extends RequestContext {
  /** What it was made of. */
  readonly inner: RequestContext;
  readonly record: OperationRecord;
  /** What was the newest snapshot when it began; undefined where its answer is not to be remembered. */
  readonly began: Live["newest"] | undefined;
  readonly live: Live | undefined;
  /** See `History`. */
  pastState(): string | undefined;
}

type Live = Pick<LiveSnapshot, "newest">;

/**
 * The context of one operation, which writes down what it looks at.
 *
 * @param live where the newest snapshot is found, which must be the one that `context` was made of
 */
export function recordOperation(
  context: RequestContext,
  record: OperationRecord,
  checkTime: () => void,
  live?: Live,
): OperationContext {
  return new RecordedContext(context, record, checkTime, live);
}

/** A first try at an operation, which is kept or given up. */
export interface Trial {
  /** Writes down what it looks at for itself. */
  readonly context: OperationContext;
  /** The operation has looked at what the try looked at. */
  readonly keep: () => void;
  /** Its only field failed: the operation has looked at the same, and does not work it out again. */
  readonly fail: (reason: unknown) => void;
  /** Whatever still goes on is stopped when its turn comes, and counts for nothing. */
  readonly giveUp: () => void;
}

export function tryOperation({ inner, record, checkTime, began }: OperationContext): Trial {
  const own: OperationRecord = { ...record, revisions: new Set(), verdicts: new Map() };
  let isOver = false;
  const checkTrial = () => {
    if (isOver) throw new Error("the try was given up");
    checkTime?.();
  };
  const keep = () => {
    record.isTimeless = own.isTimeless;
    record.isMomentary = own.isMomentary;
    for (const revision of own.revisions) record.revisions.add(revision);
    for (const [verdict, count] of own.verdicts) record.verdicts.set(verdict, count);
  };
  const giveUp = () => {
    isOver = true;
  };
  const fail = (reason: unknown) => {
    keep();
    giveUp();
    record.failure = { reason };
  };
  return { context: new RecordedContext(inner, own, checkTrial, began && { newest: began }), keep, fail, giveUp };
}

/** What it does stands on the prototype, so that it survives Apollo Server, which copies what a context holds itself. */
class RecordedContext implements OperationContext {
  readonly viewer: Viewer;
  readonly began: Live["newest"] | undefined;

  constructor(
    readonly inner: RequestContext,
    readonly record: OperationRecord,
    readonly checkTime: () => void,
    readonly live: Live | undefined,
  ) {
    this.viewer = inner.viewer;
    this.began = live?.newest;
  }

  async snapshotAt(at?: SnapshotRequest): Promise<Live["newest"]> {
    const { inner, record } = this;
    if (at?.asOf !== undefined) {
      record.isTimeless = false;
      record.isMomentary = true;
    }
    if (at?.revision !== undefined) {
      record.onLookBack?.();
      // What it was may be erased or pruned while the newest state stays what it is.
      if (at.revision !== this.began?.revision) record.isTimeless = false;
    }
    const snapshot = await traces.with(record.trace ?? traces.active(), () => inner.snapshotAt(at));
    record.revisions.add(snapshot.revision);
    return snapshot;
  }

  pastState(): string | undefined {
    return this.inner.history.state();
  }

  get history(): RequestContext["history"] {
    this.record.isTimeless = false;
    const { history } = this.inner;
    const { onLookBack } = this.record;
    const looking =
      <Read>(read: (at: string) => Promise<Read>) =>
      (at: string): Promise<Read> => {
        onLookBack?.();
        return read(at);
      };
    return {
      state: history.state,
      revisions: looking(history.revisions),
      importRun: looking(history.importRun),
      sources: looking(history.sources),
    };
  }

  get failure(): OperationRecord["failure"] {
    return this.record.failure;
  }

  get trouble(): string | undefined {
    this.record.isTimeless = false;
    this.record.isMomentary = true;
    return this.inner.trouble;
  }
}
