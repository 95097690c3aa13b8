import { monitorEventLoopDelay } from "node:perf_hooks";

/** Where a server listens, and how long it took, in milliseconds, until it did. */
export interface Listening {
  readonly url: string;
  readonly loadMs: number;
}

/** What a server's process did since it was last asked. */
export interface Usage {
  /** Milliseconds that the processor worked for it. */
  readonly cpuMs: number;
  /** Milliseconds; no more than five too many. */
  readonly longestStall: number;
  /** Bytes of memory: now, and the most since it started. */
  readonly rss: number;
  readonly peakRss: number;
}

/** Milliseconds between two looks at the event loop. */
const LOOK = 5;

/** Tells the process that forked this one where it listens, and from then on, whenever it is asked, what it did since. */
export function reportToParent(listening: Listening): void {
  const delay = monitorEventLoopDelay({ resolution: LOOK });
  delay.enable();
  let used = process.cpuUsage();
  process.on("message", () => {
    const { user, system } = process.cpuUsage(used);
    const usage: Usage = {
      cpuMs: (user + system) / 1000,
      longestStall: delay.count === 0 ? 0 : delay.max / 1e6,
      rss: process.memoryUsage.rss(),
      peakRss: process.resourceUsage().maxRSS * 1024,
    };
    process.send?.(usage);
    used = process.cpuUsage();
    delay.reset();
  });
  process.send?.(listening);
}
