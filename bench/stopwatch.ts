/** Durations of one piece of work, in milliseconds. */
export interface Timing {
  readonly p50: number;
  readonly p99: number;
}

/** With the time of the processor that one piece took, which neighbours on the machine touch less. */
export interface CpuTiming extends Timing {
  readonly cpu: number;
}

/** Sorts durations (in milliseconds) and reads the middle and the slow end. */
export function timingOf(durations: readonly number[]): Timing {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/**
 * Runs some work over and over until the process has computed for about that long, each time on the next input, and times
 * every run. It is warmed up for half of the time first: on a shared machine a second of the clock may hold little work.
 */
export function clock<Input>(
  inputs: readonly Input[],
  work: (input: Input) => unknown,
  milliseconds: number,
): CpuTiming {
  const warm = process.cpuUsage();
  for (let at = 0; cpuSince(warm) < milliseconds / 2; at++) run(inputs, at, work);
  const durations: number[] = [];
  const used = process.cpuUsage();
  while (durations.length === 0 || cpuSince(used) < milliseconds) {
    const start = performance.now();
    run(inputs, durations.length, work);
    durations.push(performance.now() - start);
  }
  return { ...timingOf(durations), cpu: cpuSince(used) / durations.length };
}

/** Milliseconds that the process computed. */
function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
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

/** How often something is done in a second of the clock, and in one of the processor. */
export interface Rate {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** How often a second some work is done, each time on the next input: for work too short to be timed one by one. */
export function countPerSecond<Input>(
  inputs: readonly Input[],
  work: (input: Input) => unknown,
  milliseconds: number,
): Rate {
  let best: Rate = { perSecond: 0, perCpuSecond: 0 };
  for (let round = 0; round < 6; round++) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    let done = 0;
    while (cpuSince(used) < milliseconds / 5) {
      for (let step = 0; step < 256; step++) run(inputs, done++, work);
    }
    best = {
      perSecond: Math.max(best.perSecond, (done / (performance.now() - start)) * 1000),
      perCpuSecond: Math.max(best.perCpuSecond, (done / cpuSince(used)) * 1000),
    };
  }
  return best;
}

function run<Input, Output>(inputs: readonly Input[], at: number, work: (input: Input) => Output): Output {
  const input = inputs[at % inputs.length];
  if (input === undefined) throw new Error("nothing to measure with");
  return work(input);
}
