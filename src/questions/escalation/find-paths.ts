import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Judgement, Verdict } from "../../policy/decide.js";
import { type Ruling, rule } from "../../policy/decide.js";
import { allOf, FALSE, TRUE, UNKNOWN } from "../../policy/logic/formula.js";
import type { Decision } from "../access/decision.js";
import { isAtLeast, TIERS, VERDICT_RANK } from "../access/verdict-rank.js";
import { judgeInTurn } from "../assume/judge-in-turn.js";
import { type Front, following, type Way } from "./following.js";
import type { Foothold } from "./foothold.js";
import { memo } from "./memo.js";
import type { Search } from "./search.js";
import { mayAct, type Step, stepsFrom } from "./steps.js";

/** How somebody gets there: no step where they are there already. */
export interface EscalationPath {
  readonly principal: CompiledPrincipal;
  readonly steps: readonly Step[];
  /** That they may do everything then; absent where a certain principal was the goal. */
  readonly outcome?: Decision;
  /** All steps and the outcome together. */
  readonly ruling: Ruling;
}

export interface FoundPaths {
  /** The best first. */
  readonly paths: readonly EscalationPath[];
  /** The search was given up in places: there may be more. */
  readonly isTruncated: boolean;
}

/** Longest path that is looked for. */
const MAX_STEPS = 5;

/** Finds the paths of one after the other, at most so many of each; what one search found out serves the next. */
export function pathFinder(
  search: Search,
  maxPaths: number,
): (principal: CompiledPrincipal) => Generator<undefined, FoundPaths, undefined> {
  const finder: Finder = {
    search,
    maxPaths,
    acts: memo(({ key }: Foothold) => key, mayAct),
    arrivals: new Map(),
    hopeless: new Map(TIERS.map((tier) => [tier, new Set()])),
  };
  return (principal) => findPaths(finder, principal);
}

/** What the searches of one question share. */
interface Finder {
  readonly search: Search;
  readonly maxPaths: number;
  readonly acts: (foothold: Foothold) => boolean;
  /** The steps from a foothold that lead to the goal. */
  readonly arrivals: Map<string, readonly Step[]>;
  /** From where no way of a tier leads to the goal, however long. */
  readonly hopeless: ReadonlyMap<Verdict, Set<string>>;
}

/**
 * All shortest paths of certain steps; and, where there is none or a shorter one, those with conditions and those that hang on
 * unknown facts.
 */
function* findPaths(finder: Finder, principal: CompiledPrincipal): Generator<undefined, FoundPaths, undefined> {
  const found: EscalationPath[] = [];
  let isTruncated = false;
  for (const tier of TIERS) {
    const best = Math.min(MAX_STEPS + 1, ...found.map(({ steps }) => steps.length));
    const start = finder.search.footholdOf(principal);
    const { ways, isCut } = yield* shortest(finder, start, { tier, isShorterThan: best });
    isTruncated ||= isCut || ways.length > finder.maxPaths;
    for (const steps of ways.slice(0, finder.maxPaths)) {
      yield undefined;
      found.push(pathOf(finder.search, principal, steps));
    }
  }
  return { paths: found.toSorted(comparePaths), isTruncated };
}

function comparePaths(left: EscalationPath, right: EscalationPath): number {
  const byVerdict = VERDICT_RANK[right.ruling.verdict] - VERDICT_RANK[left.ruling.verdict];
  return byVerdict || left.steps.length - right.steps.length;
}

interface FoundWays {
  readonly ways: readonly Way[];
  readonly isCut: boolean;
}

/** Breadth first, level by level: the first level on which anybody arrives holds all shortest ways. */
function* shortest(
  finder: Finder,
  start: Foothold,
  { tier, isShorterThan }: { readonly tier: Verdict; readonly isShorterThan: number },
): Generator<undefined, FoundWays, undefined> {
  const { search, acts } = finder;
  const isEnough = (verdict: Verdict) => isAtLeast(verdict, tier);
  const hasArrived = (foothold: Foothold) => {
    const arrival = search.arrivalAt(foothold);
    return arrival !== undefined && isEnough(arrival.decision?.verdict ?? "ALLOWED");
  };
  if (isShorterThan === 0) return { ways: [], isCut: false };
  if (hasArrived(start)) return { ways: [[]], isCut: false };
  if (isShorterThan === 1) return { ways: [], isCut: false };
  const hopeless = finder.hopeless.get(tier) ?? new Set();
  const seen = new Set([start.key]);
  let front: readonly Front[] = hopeless.has(start.key) ? [] : [{ foothold: start, ways: [[]] }];
  let [isCut, isThinned] = [false, false];
  for (let length = 1; length < isShorterThan && front.length > 0; length++) {
    const arrived = yield* arriving(finder, front, { isEnough, hasArrived });
    if (arrived.length > 0) return { ways: arrived, isCut: isCut || isThinned };
    if (length + 1 === isShorterThan && isShorterThan <= MAX_STEPS) return { ways: [], isCut: false };
    const next = yield* following(search, front, { acts, seen, hopeless, isEnough, hasArrived });
    for (const { foothold } of next.front) seen.add(foothold.key);
    isCut ||= next.isCut || (length === MAX_STEPS && next.front.length > 0);
    isThinned ||= next.isThinned;
    front = next.front;
  }
  if (!isCut) for (const key of seen) hopeless.add(key);
  return { ways: [], isCut };
}

function* arriving(
  { search, maxPaths, arrivals }: Finder,
  front: readonly Front[],
  { isEnough, hasArrived }: { isEnough: (verdict: Verdict) => boolean; hasArrived: (foothold: Foothold) => boolean },
): Generator<undefined, readonly Way[], undefined> {
  const arrived: Way[] = [];
  for (const { foothold, ways } of front) {
    if (arrived.length > maxPaths) break;
    yield undefined;
    const known = arrivals.get(foothold.key);
    const steps = known ?? someOfEach(yield* stepsFrom(search, foothold, isGoalOf(search)), maxPaths);
    if (known === undefined) arrivals.set(foothold.key, steps);
    const enough = steps.filter(({ verdict, to }) => isEnough(verdict) && hasArrived(to));
    arrived.push(...enough.flatMap((step) => ways.map((way) => [...way, step])));
  }
  return arrived;
}

function isGoalOf({ arrivalAt }: Search): (foothold: Foothold) => boolean {
  return (foothold) => arrivalAt(foothold) !== undefined;
}

/** One more of each verdict than is told, so that it shows that there are more. */
function someOfEach(steps: readonly Step[], maxPaths: number): readonly Step[] {
  return TIERS.flatMap((tier) => steps.filter(({ verdict }) => verdict === tier).slice(0, maxPaths + 1));
}

function pathOf(search: Search, principal: CompiledPrincipal, steps: Way): EscalationPath {
  const last = steps.at(-1)?.to ?? search.footholdOf(principal);
  const outcome = search.arrivalAt(last)?.decision;
  const decisions = [...steps.flatMap((step) => step.decisions()), ...(outcome === undefined ? [] : [outcome])];
  const isOpen = steps.some(({ verdict }) => verdict === "UNDETERMINED");
  const together: Judgement = decisions.length === 0 ? CERTAIN : judgeInTurn(decisions);
  const judgement = isOpen ? { ...together, allowed: allOf([UNKNOWN, together.allowed]) } : together;
  return { principal, steps, ruling: rule(judgement), ...(outcome === undefined ? {} : { outcome }) };
}

const CERTAIN: Judgement = { allowed: TRUE, denied: FALSE, layers: [], unreadableValues: [] };
