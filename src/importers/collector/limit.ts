/** Runs work, at most so much at a time, in the order in which it was given. */
export interface Limit {
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  /** Resolves when nothing runs or waits. */
  readonly idle: () => Promise<void>;
}

export function limitTo(most: number): Limit {
  let running = 0;
  const waiting: (() => void)[] = [];
  const onIdle: (() => void)[] = [];
  const leave = (): void => {
    // Whoever waits longest takes over the place.
    const next = waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    running -= 1;
    if (running === 0) for (const resolve of onIdle.splice(0)) resolve();
  };
  return {
    run: async (work) => {
      if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
      else running += 1;
      return await work().finally(leave);
    },
    idle: async () => {
      if (running > 0) await new Promise<void>((resolve) => onIdle.push(resolve));
    },
  };
}
