import { setTimeout as sleep } from "node:timers/promises";

/** How often and how patiently a call is repeated. Times are in milliseconds. */
export interface Pace {
  /** Attempts in all, the first among them. */
  readonly attempts: number;
  /** What is waited at most after the first attempt; it doubles with each one. */
  readonly firstDelay: number;
  readonly longestDelay: number;
  /** Ends a wait before its time, with an error. */
  readonly signal?: AbortSignal;
}

export const defaultPace: Pace = { attempts: 6, firstDelay: 500, longestDelay: 20_000 };

/** What one attempt came to: a value, or why not and whether another attempt may help. */
export type Attempt<T, F> =
  | { readonly value: T }
  | { readonly failure: F; readonly mayPass: boolean; readonly retryAfter?: number | undefined };

/**
 * Repeats until it succeeds, cannot succeed, or has been tried often enough. Waits grow exponentially; a part of each is
 * chance, so that calls that were throttled together do not come back together.
 *
 * @param onWait told of every wait before it begins
 */
export async function retry<T, F>(
  attempt: () => Promise<Attempt<T, F>>,
  pace: Pace,
  onWait: (failure: F) => void,
): Promise<{ readonly value: T } | { readonly failure: F }> {
  for (let tries = 1; ; tries += 1) {
    const result = await attempt();
    if ("value" in result) return result;
    if (!result.mayPass || tries >= pace.attempts) return { failure: result.failure };
    onWait(result.failure);
    await sleep(delayAfter(tries, pace, result.retryAfter ?? 0), undefined, pace.signal && { signal: pace.signal });
  }
}

function delayAfter(tries: number, { firstDelay, longestDelay }: Pace, asked: number): number {
  const most = Math.min(longestDelay, firstDelay * 2 ** (tries - 1));
  const own = most / 2 + Math.random() * (most / 2);
  return Math.max(own, Math.min(asked, longestDelay));
}
