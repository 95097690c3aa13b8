import type { Context } from "@opentelemetry/api";
import type { OperationTypeNode } from "graphql";

/** What the log and the metrics say of a request for an operation, written down while it runs. */
export interface OperationRecord {
  readonly requestId: string;
  /** As `performance.now()` counts. */
  readonly start: number;
  /** Who asked; undefined for those who did not prove it. */
  viewer: string | undefined;
  operationName: string | undefined;
  /** Undefined for what is no operation. */
  type: OperationTypeNode | undefined;
  /** Of the snapshots that answered. */
  readonly revisions: Set<string>;
  /** What it costs, before it runs; undefined for what never got that far. */
  cost: number | undefined;
  /** False once it looked at what can change without a new revision: the clock, the list of imports, how the server fares. */
  isTimeless: boolean;
  /** True once it looked at the clock or at how the server fares, so that the same question may have another answer at any moment. */
  isMomentary: boolean;
  /** Called before it looks at the past. */
  onLookBack: (() => void) | undefined;
  /** Why its only field failed when that was tried. The field fails so again, without being worked out. */
  failure: { readonly reason: unknown } | undefined;
  /** How often its answer shows each verdict. */
  readonly verdicts: Map<string, number>;
  /** Of the errors in its answer. */
  codes: readonly string[];
  /** Where spans of what the operation waits for belong. */
  trace: Context | undefined;
  /** A `Course`, once it has begun. Held here and not in a `WeakMap`, whose values stay until all of memory is swept. */
  course: object | undefined;
}

export function startRecord(requestId: string): OperationRecord {
  return {
    requestId,
    start: performance.now(),
    viewer: undefined,
    operationName: undefined,
    type: undefined,
    revisions: new Set(),
    cost: undefined,
    isTimeless: true,
    isMomentary: false,
    onLookBack: undefined,
    failure: undefined,
    verdicts: new Map(),
    codes: [],
    trace: undefined,
    course: undefined,
  };
}
