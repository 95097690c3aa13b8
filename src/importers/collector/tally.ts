import { CALLS, type Call, type CallName } from "./calls.js";

/** A call that brought no answer, whose place an error response takes. */
export interface FailedCall {
  readonly file: string;
  readonly code: string;
  readonly message: string;
  /** Actions that permit it. */
  readonly actions: readonly string[];
}

/** What a run has come to so far. */
export interface Tally {
  /** Requests sent, repeats among them. */
  requests: number;
  /** Waits before a repeat. */
  waits: number;
  /** Files written in this run. */
  written: number;
  /** Files of a former run that were kept. */
  kept: number;
  readonly counts: Map<string, number>;
  readonly failed: FailedCall[];
}

export function createTally(): Tally {
  return { requests: 0, waits: 0, written: 0, kept: 0, counts: new Map(), failed: [] };
}

/** Counts what one response tells of under what the report calls it: the rows of a list, or the one thing asked for. */
export function countRows(tally: Tally, call: CallName, rows: number): void {
  const { counts, operation }: Call = CALLS[call];
  const count = operation.startsWith("Get") ? 1 : rows;
  if (counts !== undefined) tally.counts.set(counts, (tally.counts.get(counts) ?? 0) + count);
}
