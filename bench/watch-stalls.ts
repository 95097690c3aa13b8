/** How long the event loop stood still at the longest, in milliseconds; both no more than five too many. */
export interface Stall {
  /** By the clock, whoever had the processor. */
  readonly clock: number;
  /** Of processor time that the whole process took in such a time: what a neighbour on the machine took is not in it. */
  readonly own: number;
}

export const NO_STALL: Stall = { clock: 0, own: 0 };

/** The longest of both, each by itself. */
export function longerStall(one: Stall, other: Stall): Stall {
  return { clock: Math.max(one.clock, other.clock), own: Math.max(one.own, other.own) };
}

/** Milliseconds between two looks at the event loop. */
const LOOK = 5;

/** Looks at the event loop from now on. @returns gives the longest stall since it was last asked */
export function watchStalls(): () => Stall {
  let longest = NO_STALL;
  let [seen, used] = [performance.now(), process.cpuUsage()];
  const look = () => {
    const { user, system } = process.cpuUsage(used);
    const clock = performance.now() - seen;
    longest = longerStall(longest, { clock, own: Math.min(clock, (user + system) / 1000) });
    [seen, used] = [performance.now(), process.cpuUsage()];
  };
  setInterval(look, LOOK).unref();
  return () => {
    const told = longest;
    longest = NO_STALL;
    return told;
  };
}
