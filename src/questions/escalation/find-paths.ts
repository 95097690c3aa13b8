import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Judgement, Verdict } from "../../policy/decide.js";
import { type Ruling, rule } from "../../policy/decide.js";
import { allOf, FALSE, TRUE, UNKNOWN } from "../../policy/logic/formula.js";
import type { Decision } from "../access/decision.js";
import { VERDICT_RANK } from "../access/verdict-rank.js";
import { judgeInTurn } from "../assume/judge-in-turn.js";
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
export const MAX_STEPS = 5;
/** Footholds that one search visits, and ways to one of them that it keeps. */
const MAX_FOOTHOLDS = 1000;
const MAX_WAYS = 20;

const TIERS: readonly Verdict[] = ["ALLOWED", "CONDITIONAL", "UNDETERMINED"];

/** Finds paths; what one search decided serves the next. */
export function pathFinder(search: Search): (principal: CompiledPrincipal) => FoundPaths {
  const arriving = memo(
    ({ key }: Foothold) => key,
    (from) => stepsFrom(search, from, (to) => search.arrivalAt(to) !== undefined),
  );
  const acts = memo(({ key }: Foothold) => key, mayAct);
  const leading = memo(
    ({ key }: Foothold) => key,
    (from) => stepsFrom(search, from, (to) => search.arrivalAt(to) === undefined && acts(to)),
  );
  return (principal) => findPaths({ search, arriving, leading }, principal);
}

interface Finder {
  readonly search: Search;
  readonly arriving: (from: Foothold) => readonly Step[];
  readonly leading: (from: Foothold) => readonly Step[];
}

/**
 * All shortest paths of certain steps; and, where there is none or a shorter one, those with conditions and those that hang on
 * unknown facts.
 */
function findPaths(finder: Finder, principal: CompiledPrincipal): FoundPaths {
  const found: EscalationPath[] = [];
  let isTruncated = false;
  for (const tier of TIERS) {
    const { ways, isCut } = shortest(finder, finder.search.footholdOf(principal), tier);
    isTruncated ||= isCut;
    const best = Math.min(...found.map(({ steps }) => steps.length));
    found.push(...ways.filter((steps) => steps.length < best).map((steps) => pathOf(finder.search, principal, steps)));
  }
  return { paths: found.toSorted(comparePaths), isTruncated };
}

function comparePaths(left: EscalationPath, right: EscalationPath): number {
  const byVerdict = VERDICT_RANK[right.ruling.verdict] - VERDICT_RANK[left.ruling.verdict];
  return byVerdict || left.steps.length - right.steps.length;
}

type Way = readonly Step[];

interface Front {
  readonly foothold: Foothold;
  readonly ways: readonly Way[];
}

/** Breadth first, level by level: the first level on which anybody arrives holds all shortest ways. */
function shortest(
  finder: Finder,
  start: Foothold,
  tier: Verdict,
): { readonly ways: readonly Way[]; readonly isCut: boolean } {
  const isEnough = (verdict: Verdict) => VERDICT_RANK[verdict] >= VERDICT_RANK[tier];
  const hasArrived = (foothold: Foothold) => {
    const arrival = finder.search.arrivalAt(foothold);
    return arrival !== undefined && isEnough(arrival.decision?.verdict ?? "ALLOWED");
  };
  if (hasArrived(start)) return { ways: [[]], isCut: false };
  const seen = new Set([start.key]);
  let front: readonly Front[] = [{ foothold: start, ways: [[]] }];
  let isCut = false;
  for (let length = 1; length <= MAX_STEPS && front.length > 0; length++) {
    const arrived = front.flatMap(({ foothold, ways }) =>
      finder
        .arriving(foothold)
        .filter((step) => isEnough(step.verdict) && hasArrived(step.to))
        .flatMap((step) => ways.map((way) => [...way, step])),
    );
    if (arrived.length > 0) return { ways: arrived, isCut };
    const next = following(finder, front, seen, isEnough);
    for (const { foothold } of next.front) seen.add(foothold.key);
    isCut ||= next.isCut || (length === MAX_STEPS && next.front.length > 0);
    front = next.front;
  }
  return { ways: [], isCut };
}

function following(
  { leading }: Finder,
  front: readonly Front[],
  seen: ReadonlySet<string>,
  isEnough: (verdict: Verdict) => boolean,
): { readonly front: readonly Front[]; readonly isCut: boolean } {
  const reached = new Map<string, Front>();
  let isCut = false;
  for (const { foothold, ways } of front) {
    for (const step of leading(foothold)) {
      if (seen.has(step.to.key) || !isEnough(step.verdict)) continue;
      const known = reached.get(step.to.key)?.ways ?? [];
      const all = [...known, ...ways.map((way) => [...way, step])];
      const isNew = known.length === 0;
      isCut ||= all.length > MAX_WAYS || (isNew && seen.size + reached.size >= MAX_FOOTHOLDS);
      if (isNew && seen.size + reached.size >= MAX_FOOTHOLDS) continue;
      reached.set(step.to.key, { foothold: step.to, ways: all.slice(0, MAX_WAYS) });
    }
  }
  return { front: [...reached.values()], isCut };
}

function pathOf(search: Search, principal: CompiledPrincipal, steps: Way): EscalationPath {
  const last = steps.at(-1)?.to ?? search.footholdOf(principal);
  const outcome = search.arrivalAt(last)?.decision;
  const decisions = [...steps.flatMap((step) => step.decisions), ...(outcome === undefined ? [] : [outcome])];
  const isOpen = steps.some(({ verdict }) => verdict === "UNDETERMINED");
  const together: Judgement = decisions.length === 0 ? CERTAIN : judgeInTurn(decisions);
  const judgement = isOpen ? { ...together, allowed: allOf([UNKNOWN, together.allowed]) } : together;
  return { principal, steps, ruling: rule(judgement), ...(outcome === undefined ? {} : { outcome }) };
}

const CERTAIN: Judgement = { allowed: TRUE, denied: FALSE, layers: [], unreadableValues: [] };
