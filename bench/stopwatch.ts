/** Durations of one piece of work, in milliseconds. */
export interface Timing {
  readonly p50: number;
  readonly p99: number;
}

/** Sorts durations (in milliseconds) and reads the middle and the slow end. */
export function timingOf(durations: readonly number[]): Timing {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/**
 * Runs some work over and over for about that long, each time on the next input, and times every run. It is warmed up for a
 * quarter of the time first.
 */
export function clock<Input>(inputs: readonly Input[], work: (input: Input) => unknown, milliseconds: number): Timing {
  const warm = performance.now() + milliseconds / 4;
  for (let at = 0; performance.now() < warm; at++) run(inputs, at, work);
  const durations: number[] = [];
  const end = performance.now() + milliseconds;
  for (let at = 0; durations.length === 0 || performance.now() < end; at++) {
    const start = performance.now();
    run(inputs, at, work);
    durations.push(performance.now() - start);
  }
  return timingOf(durations);
}

/** The same for work that waits: one at a time. */
export async function clockAsync<Input>(
  inputs: readonly Input[],
  work: (input: Input) => Promise<unknown>,
  count: number,
): Promise<Timing> {
  const durations: number[] = [];
  for (let at = 0; at < count; at++) {
    const start = performance.now();
    await run(inputs, at, work);
    durations.push(performance.now() - start);
  }
  return timingOf(durations);
}

/** How often a second some work is done, each time on the next input: for work too short to be timed one by one. */
export function countPerSecond<Input>(
  inputs: readonly Input[],
  work: (input: Input) => unknown,
  milliseconds: number,
): number {
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    let [done, elapsed] = [0, 0];
    while (elapsed < milliseconds / 5) {
      for (let step = 0; step < 64; step++) run(inputs, done++, work);
      elapsed = performance.now() - start;
    }
    best = Math.max(best, (done / elapsed) * 1000);
  }
  return best;
}

function run<Input, Output>(inputs: readonly Input[], at: number, work: (input: Input) => Output): Output {
  const input = inputs[at % inputs.length];
  if (input === undefined) throw new Error("nothing to measure with");
  return work(input);
}
