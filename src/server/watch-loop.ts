export interface LoopWatch {
  /** The longest time, in milliseconds, for which nothing was answered of late. */
  readonly longestPause: () => number;
  readonly stop: () => void;
}

/** Milliseconds. */
const beat = 100;
const memory = 10_000;

/** Notices when the event loop stands still, by a timer that then comes late. */
export function watchLoop(): LoopWatch {
  let last = performance.now();
  let pauses: readonly { readonly at: number; readonly length: number }[] = [];
  const timer = setInterval(() => {
    const now = performance.now();
    const length = now - last - beat;
    last = now;
    pauses = pauses.filter(({ at }) => now - at < memory);
    if (length > beat) pauses = [...pauses, { at: now, length }];
  }, beat);
  timer.unref();
  return {
    // After a pause a request may come before the timer does.
    longestPause: () => Math.max(0, performance.now() - last - beat, ...pauses.map(({ length }) => length)),
    stop: () => clearInterval(timer),
  };
}
