import { type Stall, watchStalls } from "./watch-stalls.js";

/** Where a server listens, and how long it took, in milliseconds, until it did. */
export interface Listening {
  readonly url: string;
  readonly loadMs: number;
}

/** What a server's process did since it was last asked. */
export interface Usage {
  /** Milliseconds that the processor worked for it. */
  readonly cpuMs: number;
  readonly longestStall: Stall;
  /** Bytes of memory: now, and the most since it started. */
  readonly rss: number;
  readonly peakRss: number;
}

/** Tells the process that forked this one where it listens, and from then on, whenever it is asked, what it did since. */
export function reportToParent(listening: Listening): void {
  const longestStall = watchStalls();
  let used = process.cpuUsage();
  process.on("message", () => {
    const { user, system } = process.cpuUsage(used);
    const usage: Usage = {
      cpuMs: (user + system) / 1000,
      longestStall: longestStall(),
      rss: process.memoryUsage.rss(),
      peakRss: process.resourceUsage().maxRSS * 1024,
    };
    process.send?.(usage);
    used = process.cpuUsage();
  });
  process.send?.(listening);
}
