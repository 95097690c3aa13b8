import { LRUCache } from "lru-cache";
import type { Viewer } from "../graphql/request-context.js";

/** What a viewer may still spend. */
export interface Allowance {
  /** False when the cost was more than what was left; then nothing was taken. */
  readonly isGranted: boolean;
  readonly remaining: number;
  /** Milliseconds since 1970: when all of the budget is there again. */
  readonly resetAt: number;
  /** Milliseconds until this cost could be paid; 0 when it was. */
  readonly wait: number;
}

interface Purse {
  left: number;
  /** Milliseconds since 1970. */
  since: number;
}

/** Whoever is forgotten, having asked nothing while so many others did, starts with a full purse. */
const mostViewers = 10_000;

/**
 * Gives every viewer so much cost a minute to spend. What is spent comes back evenly; what is not spent is not saved up beyond one
 * minute's worth.
 *
 * @param now the clock, in milliseconds since 1970
 */
export function createCostBudget(
  perMinute: number,
  now: () => number = Date.now,
): (viewer: Viewer, cost: number) => Allowance {
  const purses = new LRUCache<string, Purse>({ max: mostViewers });
  const perMillisecond = perMinute / 60_000;
  return (viewer, cost) => {
    const time = now();
    const key = keyOf(viewer);
    const { left, since } = purses.get(key) ?? { left: perMinute, since: time };
    // A clock that is set back gives nothing and takes nothing.
    const before = Math.min(perMinute, left + Math.max(0, time - since) * perMillisecond);
    const isGranted = cost <= before;
    const after = isGranted ? before - cost : before;
    purses.set(key, { left: after, since: time });
    return {
      isGranted,
      remaining: Math.floor(after),
      resetAt: Math.ceil(time + (perMinute - after) / perMillisecond),
      wait: isGranted ? 0 : Math.ceil((cost - before) / perMillisecond),
    };
  };
}

/** Tokens of one name that see the same are one viewer; texts of two viewers never become one. */
export function keyOf({ name, accountIds }: Viewer): string {
  return JSON.stringify([name, accountIds ?? null]);
}
