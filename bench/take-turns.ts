import type { ChildServer } from "./child-server.js";
import type { HttpClient } from "./http-client.js";
import type { Course } from "./http-courses.js";
import { type Apart, keepApart } from "./keep-apart.js";
import { type Timing, timingOf } from "./stopwatch.js";
import { longerStall, NO_STALL, type Stall } from "./watch-stalls.js";

/** What one course cost: milliseconds of the clock at the client, and of the server's processor for one request. */
export interface CourseTiming extends Timing {
  readonly cpu: number;
}

/** A course and whom it is asked of. */
export interface Asked extends Course {
  readonly server: ChildServer;
}

interface Taken {
  readonly durations: number[];
  cpuMs: number;
}

/** A bare Apollo server's answer, by which everything else is measured. */
export const helloOf = (server: ChildServer, batch = 60): Asked => ({
  what: "hello",
  operations: [{ query: "{ hello }" }],
  batch,
  server,
});

/** What came of the courses. */
export interface Turns extends Pick<Apart, "isApart"> {
  /** In the order of the courses. */
  readonly timings: readonly CourseTiming[];
  /** How long each server let others wait at the longest. */
  readonly stalls: ReadonlyMap<ChildServer, Stall>;
}

/**
 * Asks one batch of each course after the other, over and over for about that many milliseconds, but three times at least: so
 * what else the machine does meets them all. The first round warms up and does not count. Client and servers are kept on processors
 * of their own meanwhile.
 */
export async function takeTurns(client: HttpClient, courses: readonly Asked[], milliseconds: number): Promise<Turns> {
  const { isApart, release } = keepApart([...new Set(courses.map(({ server }) => server.pid))]);
  try {
    return { ...(await askInTurns(client, courses, milliseconds)), isApart };
  } finally {
    release();
  }
}

async function askInTurns(
  client: HttpClient,
  courses: readonly Asked[],
  milliseconds: number,
): Promise<Omit<Turns, "isApart">> {
  const taken = courses.map((): Taken => ({ durations: [], cpuMs: 0 }));
  const stalls = new Map<ChildServer, Stall>();
  let end = Number.POSITIVE_INFINITY;
  for (let round = 0; round <= 3 || performance.now() < end; round++) {
    for (const [index, course] of courses.entries()) {
      await course.server.usage();
      const durations = await askBatch(client, course, round * course.batch);
      const { cpuMs, longestStall } = await course.server.usage();
      const own = taken[index];
      if (round === 0 || own === undefined) continue;
      own.durations.push(...durations);
      own.cpuMs += cpuMs;
      stalls.set(course.server, longerStall(stalls.get(course.server) ?? NO_STALL, longestStall));
    }
    if (round === 0) end = performance.now() + milliseconds;
  }
  const timings = taken.map(({ durations, cpuMs }) => ({ ...timingOf(durations), cpu: cpuMs / durations.length }));
  return { timings, stalls };
}

async function askBatch(
  client: HttpClient,
  { server, operations, batch }: Asked,
  from: number,
): Promise<readonly number[]> {
  const durations: number[] = [];
  for (let at = from; at < from + batch; at++) {
    const operation = operations[at % operations.length];
    if (operation === undefined) throw new Error("nothing to ask");
    const start = performance.now();
    await client.ask(server.url, operation);
    durations.push(performance.now() - start);
  }
  return durations;
}
