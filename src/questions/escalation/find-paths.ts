import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Steps } from "../../grants/steps.js";
import type { Verdict } from "../../policy/decide.js";
import { isAtLeast, TIERS, VERDICT_RANK } from "../access/verdict-rank.js";
import { type Arrival, Arrivals, Enough } from "./arrivals.js";
import { type EscalationPath, pathOf, type Way } from "./escalation-path.js";
import { type Front, following } from "./following.js";
import type { Foothold } from "./foothold.js";
import type { Search } from "./search.js";
import type { Step } from "./steps.js";

export interface FoundPaths {
  /** The best first. */
  readonly paths: readonly EscalationPath[];
  /** The search was given up in places: there may be more. */
  readonly isTruncated: boolean;
}

/** Longest path that is looked for. */
const MAX_STEPS = 5;

/** Steps to the goal, and footholds of a tier that lead nowhere, that are kept; beyond so many all are let go. */
const [MOST_KEPT, MOST_HOPELESS] = [100_000, 500_000];

interface FoundWays {
  readonly ways: readonly Way[];
  readonly isCut: boolean;
}

/** Finds the paths of one principal after the other; what one search found out serves the next. */
export class PathFinder {
  private readonly arrivals: Arrivals;
  private readonly arriving = new Map<string, readonly Step[]>();
  private kept = 0;
  /** From where no way of a tier leads to the goal, however long. */
  private readonly hopeless: ReadonlyMap<Verdict, Set<string>> = new Map(TIERS.map((tier) => [tier, new Set()]));

  /** @param maxPaths how many paths of a tier are told of one principal */
  constructor(
    readonly search: Search,
    private readonly maxPaths: number,
  ) {
    this.arrivals = new Arrivals(search, maxPaths + 2);
  }

  /**
   * All shortest paths of certain steps; and, where there is none or a shorter one, those with conditions and those that hang on
   * unknown facts. Yields before each decision.
   */
  *find(principal: CompiledPrincipal): Steps<FoundPaths> {
    const found: EscalationPath[] = [];
    let isTruncated = false;
    const start = this.search.footholdOf(principal);
    for (const tier of TIERS) {
      const best = Math.min(MAX_STEPS + 1, ...found.map(({ steps }) => steps.length));
      const { ways, isCut } = yield* this.shortest(start, tier, best);
      isTruncated ||= isCut || ways.length > this.maxPaths;
      for (const steps of ways.slice(0, this.maxPaths)) {
        yield undefined;
        found.push(yield* pathOf(this.search, principal, steps));
      }
    }
    return { paths: found.toSorted(comparePaths), isTruncated };
  }

  /** Does any path of such steps lead there? Undefined where the search was given up. */
  *getsThere(principal: CompiledPrincipal, tier: Verdict): Steps<boolean | undefined> {
    const start = this.search.footholdOf(principal);
    if (yield* this.arrivals.isOneStepFrom(start, tier)) return true;
    this.keep(`${tier} ${start.key}`, []);
    const { ways, isCut } = yield* this.shortest(start, tier, MAX_STEPS + 1);
    return ways.length > 0 || (isCut ? undefined : false);
  }

  /** Breadth first, level by level: the first level on which anybody arrives holds all shortest ways. */
  private *shortest(start: Foothold, tier: Verdict, isShorterThan: number): Steps<FoundWays> {
    const { search } = this;
    if (isShorterThan === 0) return NO_WAY;
    const arrival = yield* search.goals.tierOf(start);
    if (arrival !== undefined && isAtLeast(arrival, tier)) return { ways: [[]], isCut: false };
    if (isShorterThan === 1) return NO_WAY;
    const hopeless = this.hopeless.get(tier) ?? new Set();
    const seen = new Set([start.key]);
    let front: readonly Front[] = hopeless.has(start.key) ? [] : [{ foothold: start, ways: [[]] }];
    let [isCut, isThinned] = [false, false];
    for (let length = 1; length < isShorterThan && front.length > 0; length++) {
      const arrived = yield* this.waysThere(front, tier);
      if (arrived.length > 0) return { ways: arrived, isCut: isCut || isThinned };
      if (length + 1 === isShorterThan && isShorterThan <= MAX_STEPS) return NO_WAY;
      const next = yield* following(search, front, { seen, hopeless, tier });
      for (const { foothold } of next.front) seen.add(foothold.key);
      isCut ||= next.isCut || (length === MAX_STEPS && next.front.length > 0);
      isThinned ||= next.isThinned;
      front = next.front;
    }
    if (hopeless.size > MOST_HOPELESS) hopeless.clear();
    if (!isCut) for (const key of seen) hopeless.add(key);
    return { ways: [], isCut };
  }

  private *waysThere(front: readonly Front[], tier: Verdict): Steps<readonly Way[]> {
    const arrived: Way[] = [];
    for (const { foothold, ways } of front) {
      if (arrived.length > this.maxPaths) break;
      yield undefined;
      const steps = yield* this.stepsThere(foothold, tier);
      arrived.push(...steps.flatMap((step) => ways.map((way) => [...way, step])));
    }
    return arrived;
  }

  /** One more of each tier than is told, so that it shows that there are more; by how certain the steps themselves are. */
  private *stepsThere(foothold: Foothold, tier: Verdict): Steps<readonly Step[]> {
    const name = `${tier} ${foothold.key}`;
    const known = this.arriving.get(name);
    if (known !== undefined) return known;
    const found: Step[] = [];
    const enough = new Enough(this.maxPaths + 1);
    const take = ({ step, tier: own }: Arrival) => {
      if (enough.take(own)) found.push(step);
      return !enough.isFull;
    };
    yield* this.arrivals.from(foothold, { least: tier, take });
    const steps = found.toSorted((a, b) => VERDICT_RANK[b.verdict] - VERDICT_RANK[a.verdict]);
    this.keep(name, steps);
    return steps;
  }

  private keep(name: string, steps: readonly Step[]): void {
    if (this.kept > MOST_KEPT) {
      this.arriving.clear();
      this.kept = 0;
    }
    this.kept += 1 + steps.length;
    this.arriving.set(name, steps);
  }
}

const NO_WAY: FoundWays = { ways: [], isCut: false };

function comparePaths(left: EscalationPath, right: EscalationPath): number {
  const byVerdict = VERDICT_RANK[right.ruling.verdict] - VERDICT_RANK[left.ruling.verdict];
  return byVerdict || left.steps.length - right.steps.length;
}
