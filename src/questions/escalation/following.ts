import type { Steps } from "../../grants/steps.js";
import type { Verdict } from "../../policy/decide.js";
import { isAtLeast } from "../access/verdict-rank.js";
import type { Way } from "./escalation-path.js";
import { type Foothold, isAsItIs } from "./foothold.js";
import type { Search } from "./search.js";
import { stepsFrom } from "./steps.js";

/** Where a search has got to, and how. */
export interface Front {
  readonly foothold: Foothold;
  readonly ways: readonly Way[];
}

/** Footholds that one search visits, and ways to one of them that it keeps. */
const MAX_FOOTHOLDS = 5000;
const MAX_WAYS = 20;

interface Bounds {
  /** Footholds that a shorter way leads to. */
  readonly seen: ReadonlySet<string>;
  readonly hopeless: ReadonlySet<string>;
  /** How certain every step has to be. */
  readonly tier: Verdict;
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
  { seen, hopeless, tier }: Bounds,
): Steps<NextFront> {
  const reached = new Map<string, Front>();
  const isFull = () => seen.size + reached.size >= MAX_FOOTHOLDS;
  const flags = { isCut: false, isThinned: false };
  const isOpen = function* (to: Foothold): Steps<boolean> {
    if (seen.has(to.key) || hopeless.has(to.key)) return false;
    const arrival = yield* search.goals.tierOf(to);
    return (arrival === undefined || !isAtLeast(arrival, tier)) && search.abilities.mayAct(to);
  };
  const hasRoom = ({ key }: Foothold): boolean => {
    const ways = reached.get(key)?.ways.length;
    flags.isThinned ||= ways !== undefined && ways >= MAX_WAYS;
    flags.isCut ||= ways === undefined && isFull();
    return ways === undefined ? !isFull() : ways < MAX_WAYS;
  };
  const wanted = {
    tier,
    *mayBe(to: Foothold): Steps<boolean> {
      return !isAsItIs(to) || (yield* isOpen(to));
    },
    *is(to: Foothold): Steps<boolean> {
      return (yield* isOpen(to)) && hasRoom(to);
    },
  };
  for (const { foothold, ways } of front) {
    yield undefined;
    for (const step of yield* stepsFrom(search, foothold, wanted)) {
      if (!hasRoom(step.to)) continue;
      const all = [...(reached.get(step.to.key)?.ways ?? []), ...ways.map((way) => [...way, step])];
      flags.isThinned ||= all.length > MAX_WAYS;
      reached.set(step.to.key, { foothold: step.to, ways: all.slice(0, MAX_WAYS) });
    }
  }
  return { front: [...reached.values()], ...flags };
}
