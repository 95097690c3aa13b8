import type { Verdict } from "../../policy/decide.js";
import type { Foothold } from "./foothold.js";
import type { Search } from "./search.js";
import { type Step, stepsFrom } from "./steps.js";

/** Steps one after the other. */
export type Way = readonly Step[];

/** Where a search has got to, and how. */
export interface Front {
  readonly foothold: Foothold;
  readonly ways: readonly Way[];
}

/** Footholds that one search visits, and ways to one of them that it keeps. */
const MAX_FOOTHOLDS = 5000;
const MAX_WAYS = 20;

interface Bounds {
  /** Can anything be done there? */
  readonly acts: (foothold: Foothold) => boolean;
  /** Footholds that a shorter way leads to. */
  readonly seen: ReadonlySet<string>;
  readonly hopeless: ReadonlySet<string>;
  readonly isEnough: (verdict: Verdict) => boolean;
  readonly hasArrived: (foothold: Foothold) => boolean;
}

export interface NextFront {
  readonly front: readonly Front[];
  /** There were more footholds. */
  readonly isCut: boolean;
  /** There were more ways to some of them. */
  readonly isThinned: boolean;
}

/** One step on from a front, to where something can be done and no shorter way leads. Yields before each decision. */
export function* following(
  search: Search,
  front: readonly Front[],
  { acts, seen, hopeless, isEnough, hasArrived }: Bounds,
): Generator<undefined, NextFront, undefined> {
  const reached = new Map<string, Front>();
  const isFull = () => seen.size + reached.size >= MAX_FOOTHOLDS;
  const flags = { isCut: false, isThinned: false };
  const isWanted = (to: Foothold): boolean => {
    if (seen.has(to.key) || hopeless.has(to.key) || hasArrived(to) || !acts(to)) return false;
    const ways = reached.get(to.key)?.ways.length;
    flags.isThinned ||= ways !== undefined && ways >= MAX_WAYS;
    flags.isCut ||= ways === undefined && isFull();
    return ways === undefined ? !isFull() : ways < MAX_WAYS;
  };
  for (const { foothold, ways } of front) {
    yield undefined;
    const steps = yield* stepsFrom(search, foothold, isWanted);
    for (const step of steps) {
      if (!isEnough(step.verdict) || !isWanted(step.to)) continue;
      const all = [...(reached.get(step.to.key)?.ways ?? []), ...ways.map((way) => [...way, step])];
      flags.isThinned ||= all.length > MAX_WAYS;
      reached.set(step.to.key, { foothold: step.to, ways: all.slice(0, MAX_WAYS) });
    }
  }
  return { front: [...reached.values()], ...flags };
}
