import { type CompiledPrincipal, compareArns } from "../../grants/compiled-principal.js";
import type { Steps } from "../../grants/steps.js";
import type { Verdict } from "../../policy/decide.js";
import { isAtLeast, VERDICT_RANK } from "../access/verdict-rank.js";
import type { Foothold } from "./foothold.js";
import type { Becoming, Goalposts } from "./goals.js";
import { KINDS_OF_STEPS, type KindOfStep } from "./kinds-of-steps.js";
import { outcomesOf } from "./outcomes.js";
import type { PrimitiveTarget } from "./primitive.js";
import type { Search } from "./search.js";
import { becoming, type Move, movesOf, type Step, stepTo, targetsOf } from "./steps.js";
import { isOfPeople, type PeopleKind, targetAt } from "./targets.js";

/** A step that leads to the goal. */
export interface Arrival {
  readonly step: Step;
  /** How certainly it can be taken, and leads there. */
  readonly tier: Verdict;
}

/** Which arrivals are looked for. */
interface Sought {
  /** How certain they have to be. */
  readonly least: Verdict;
  /** Takes one after the other. @returns whether more are wanted */
  readonly take: (arrival: Arrival) => boolean;
}

type Looking = Steps<boolean>;

/**
 * Finds the steps from some footholds after others that lead to the goal. Of steps at users and roles those who stand alike have all in
 * common, but for such as are aimed at themselves or at roles that trust them by name: these are found once for all of them.
 */
export class Arrivals {
  private readonly common = new Map<string, readonly Reached[]>();
  /** The same by what can be said of targets of each kind, as many who do not stand alike reach the same. */
  private readonly alike = new Map<Goalposts, Map<string, readonly Reached[]>>();
  private kept = 0;

  /** @param most how many steps of one tier are told at most, of those who stand alike */
  constructor(
    private readonly search: Search,
    private readonly most: number,
  ) {}

  /**
   * The steps from a foothold that lead to the goal, in the order of the table and of ARNs, for as long as they are wanted; where there
   * are more certain ones than are told, others may be missing. Yields before each decision.
   */
  *from(from: Foothold, sought: Sought): Steps<void> {
    for (const move of movesOf(this.search, from, sought.least)) {
      if (!(yield* this.by(move, sought))) return;
    }
  }

  /** Does one step lead to the goal, at least that certainly? What is told soonest is asked about first. */
  *isOneStepFrom(from: Foothold, least: Verdict): Steps<boolean> {
    for (const move of movesOf(this.search, from, least, SOONEST_FIRST)) {
      if (!(yield* this.by(move, { least, take: () => false }))) return true;
    }
    return false;
  }

  private by(move: Move, sought: Sought): Looking {
    const { target } = move.kind.primitive;
    return isOfPeople(target) ? this.atPeople(move, target, sought) : this.atOthers(move, target, sought);
  }

  private *atOthers(move: Move, kind: Exclude<PrimitiveTarget, PeopleKind>, { least, take }: Sought): Looking {
    const { search } = this;
    const { from, standing } = move;
    for (const target of yield* targetsOf(search, move, kind)) {
      const verdict = yield* standing.verdictOn(from, target);
      if (verdict === undefined || !isAtLeast(verdict, least)) continue;
      for (const to of outcomesOf(search, move.kind.primitive, from, target)) {
        yield undefined;
        const goal = to.key === from.key ? undefined : yield* search.goals.tierOf(to);
        if (goal === undefined || !isAtLeast(goal, least)) continue;
        if (!take({ step: stepTo(search, move, { target, to, verdict }), tier: worse(verdict, goal) })) return false;
      }
    }
    return true;
  }

  private *atPeople(move: Move, kind: PeopleKind, { least, take }: Sought): Looking {
    const { standing, from } = move;
    const personal = this.search.roles.personalFor(from.principal.key);
    const own = personal.length === 0 ? [] : yield* this.byName(move, kind);
    const common = this.common.get(standing.name) ?? (yield* this.inCommon(move, kind));
    const all = own.length === 0 ? common : [...common, ...own].sort((a, b) => compareArns(a.principal, b.principal));
    for (const { principal, verdict, tier } of all) {
      if (principal.key === from.principal.key || !isAtLeast(tier, least)) continue;
      const to = becoming(this.search, move, principal);
      const step = stepTo(this.search, move, { target: targetAt(principal), to, verdict });
      if (!take({ step, tier })) return false;
    }
    return true;
  }

  /** What all have in common who stand alike. */
  private *inCommon(move: Move, kind: PeopleKind): Steps<readonly Reached[]> {
    const { standing } = move;
    const goals = yield* this.search.goals.among(kind, becomingBy(move), move.from);
    const isMeant = (role: CompiledPrincipal) => !standing.isToldApartBy(role.key);
    const found = standing.tellsTargets
      ? this.keep(yield* reachedOneByOne(move, goals, this.most, isMeant))
      : yield* this.reachedAlike(goals, yield* verdictsOnKinds(move, goals, isMeant));
    this.common.set(standing.name, found);
    return found;
  }

  private *reachedAlike(goals: Goalposts, verdicts: Verdicts): Steps<readonly Reached[]> {
    const name = verdicts.join();
    const known = this.alike.get(goals)?.get(name);
    if (known !== undefined) return known;
    const found = this.keep(yield* reachedByKind(goals, verdicts, this.most));
    const ofGoals = this.alike.get(goals) ?? new Map<string, readonly Reached[]>();
    this.alike.set(goals, ofGoals.set(name, found));
    return found;
  }

  /** Makes room for it, if need be. */
  private keep(found: readonly Reached[]): readonly Reached[] {
    if (this.kept > MOST_KEPT) {
      this.common.clear();
      this.alike.clear();
      this.kept = 0;
    }
    this.kept += 1 + found.length;
    return found;
  }

  /** Roles that trust somebody by name. */
  private *byName(move: Move, kind: PeopleKind): Steps<readonly Reached[]> {
    const { principal } = move.from;
    const personal = this.search.roles.personalFor(principal.key).filter(({ key }) => move.standing.isToldApartBy(key));
    if (kind === "OTHER_USER" || personal.length === 0) return [];
    const keys = new Set(personal.map(({ key }) => key));
    const goals = yield* this.search.goals.among(kind, becomingBy(move), move.from);
    const isMeant = ({ key }: CompiledPrincipal) => keys.has(key);
    if (move.standing.tellsTargets) return yield* reachedOneByOne(move, goals, this.most, isMeant);
    return yield* reachedByKind(goals, yield* verdictsOnKinds(move, goals, isMeant), this.most);
  }
}

/**
 * How soon it is told whether a step leads to the goal: of users for all who stand alike, also where much is unknown of a step and so little
 * matters; last where each has targets of its own.
 */
function rankOf({ primitive: { target, unknown } }: KindOfStep): number {
  if (target === "OTHER_USER") return 0;
  if (unknown !== undefined) return 1;
  if (target === "NOTHING") return 2;
  return isOfPeople(target) ? 3 : 4;
}

const SOONEST_FIRST = KINDS_OF_STEPS.toSorted((a, b) => rankOf(a) - rankOf(b) || a.calls.length - b.calls.length);

/** A user or role that a step leads to. */
interface Reached {
  readonly principal: CompiledPrincipal;
  readonly verdict: Verdict;
  readonly tier: Verdict;
}

/** Most of them that are kept for those who stand alike; beyond so many all are let go. */
const MOST_KEPT = 200_000;

/** How many are decided, and looked at, before others get their turn. */
const [FEW, STEP] = [8, 5_000];

/** What can be said of a step at targets of each kind; nothing of a plain no. */
type Verdicts = readonly (Verdict | undefined)[];

function* verdictsOnKinds(
  { from, standing }: Move,
  { ofKinds }: Goalposts,
  isMeant: (principal: CompiledPrincipal) => boolean,
): Steps<Verdicts> {
  const verdicts: (Verdict | undefined)[] = [];
  for (const principal of ofKinds) {
    verdicts.push(isMeant(principal) ? yield* standing.verdictOn(from, targetAt(principal)) : undefined);
  }
  return verdicts;
}

function* reachedByKind({ posts, kinds }: Goalposts, verdicts: Verdicts, most: number): Steps<readonly Reached[]> {
  const reached: Reached[] = [];
  if (verdicts.every((verdict) => verdict === undefined)) return reached;
  const enough = new Enough(most);
  for (const [at, { principal, tier: goal }] of posts.entries()) {
    if (at % STEP === 0) yield undefined;
    const verdict = verdicts[kinds[at] ?? 0];
    if (verdict === undefined) continue;
    const tier = worse(verdict, goal);
    if (enough.take(tier)) reached.push({ principal, verdict, tier });
    if (enough.isFull) break;
  }
  return reached;
}

function* reachedOneByOne(
  { from, standing }: Move,
  { posts }: Goalposts,
  most: number,
  isMeant: (principal: CompiledPrincipal) => boolean,
): Steps<readonly Reached[]> {
  const reached: Reached[] = [];
  const enough = new Enough(most);
  for (const [at, { principal, tier: goal }] of posts.entries()) {
    if (at % FEW === 0) yield undefined;
    const verdict = isMeant(principal) ? yield* standing.verdictOn(from, targetAt(principal)) : undefined;
    if (verdict === undefined) continue;
    const tier = worse(verdict, goal);
    if (enough.take(tier)) reached.push({ principal, verdict, tier });
    if (enough.isFull) break;
  }
  return reached;
}

/** Counts what is told of each tier: so many at most, and nothing more once there are so many certain ones. */
export class Enough {
  private readonly counts = new Map<Verdict, number>();

  constructor(private readonly most: number) {}

  /** @returns whether there are not more than enough of it */
  take(tier: Verdict): boolean {
    const count = (this.counts.get(tier) ?? 0) + 1;
    this.counts.set(tier, count);
    return count <= this.most;
  }

  get isFull(): boolean {
    return (this.counts.get("ALLOWED") ?? 0) >= this.most;
  }
}

function becomingBy({ kind }: Move): Becoming {
  return kind.primitive.yields === "BECOME_WITH_EVERYTHING" ? "BECOME_WITH_EVERYTHING" : "BECOME";
}

function worse(one: Verdict, other: Verdict): Verdict {
  return VERDICT_RANK[one] < VERDICT_RANK[other] ? one : other;
}
