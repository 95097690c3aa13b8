import { setImmediate as nextRound } from "node:timers/promises";

/** Milliseconds of work before others get their turn. */
const SLICE = 8;

/** Runs to its end what offers to let others in, a few milliseconds at a time. */
export async function inSlices<T>(steps: Generator<undefined, T, undefined>): Promise<T> {
  for (;;) {
    const end = performance.now() + SLICE;
    let step = steps.next();
    while (!step.done && performance.now() < end) step = steps.next();
    if (step.done) return step.value;
    await nextRound();
  }
}
