import type { CompiledPrincipal } from "../../src/grants/compiled-principal.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import type { Context } from "../../src/policy/conditions/context.js";
import type { Verdict } from "../../src/policy/decide.js";
import { outsider } from "../../src/questions/access/asker.js";
import { decideFor } from "../../src/questions/access/decision.js";
import { isAtLeast, TIERS, VERDICT_RANK } from "../../src/questions/access/verdict-rank.js";
import { assumeQuestion } from "../../src/questions/assume/assume-question.js";
import { administratorDecision } from "../../src/questions/escalation/administrator.js";
import { type Deciding, decideCalls } from "../../src/questions/escalation/decide-calls.js";
import { type Foothold, footholdOf } from "../../src/questions/escalation/foothold.js";
import { outcomesOf } from "../../src/questions/escalation/outcomes.js";
import type { Primitive } from "../../src/questions/escalation/primitive.js";
import { PRIMITIVES } from "../../src/questions/escalation/primitives.js";
import {
  isOfPeople,
  peopleFor,
  placesIn,
  type StepTarget,
  takesPart,
  targetAt,
  targetsFor,
} from "../../src/questions/escalation/targets.js";

const MAX_STEPS = 5;

interface PlainStep {
  readonly means: string;
  readonly target: string;
  readonly to: Foothold;
  readonly verdict: Verdict;
}

/**
 * All shortest ways of each tier, as texts, looked for plainly: every step of everybody at everything is decided by itself, and so is everybody
 * who might be an administrator. For small worlds.
 */
export function plainPaths(snapshot: Snapshot, context: Context, goal: string | undefined, start: CompiledPrincipal) {
  const world = new PlainWorld(snapshot, context, goal);
  const found: { readonly text: string; readonly length: number }[] = [];
  for (const tier of takesPart(start) ? TIERS : []) {
    const best = Math.min(MAX_STEPS + 1, ...found.map(({ length }) => length));
    for (const way of world.shortest(footholdOf(snapshot, start), tier, best)) {
      found.push({ text: way.join(", then "), length: way.length });
    }
  }
  return found.map(({ text }) => text).sort();
}

class PlainWorld {
  private readonly deciding: Deciding;
  private readonly known = new Map<string, readonly PlainStep[]>();

  constructor(
    private readonly snapshot: Snapshot,
    private readonly context: Context,
    private readonly goal: string | undefined,
  ) {
    this.deciding = { snapshot, context, trustOf: (role, service) => this.trustOf(role, service) };
  }

  shortest(start: Foothold, tier: Verdict, isShorterThan: number): readonly (readonly string[])[] {
    if (isShorterThan === 0) return [];
    if (this.isThere(start, tier)) return [[]];
    const seen = new Set([start.key]);
    let front = new Map<string, { readonly foothold: Foothold; readonly ways: readonly (readonly string[])[] }>([
      [start.key, { foothold: start, ways: [[]] }],
    ]);
    for (let length = 1; length < isShorterThan && front.size > 0; length++) {
      const arrived: (readonly string[])[] = [];
      const next: typeof front = new Map();
      for (const { foothold, ways } of front.values()) {
        for (const step of this.stepsFrom(foothold).filter(({ verdict }) => isAtLeast(verdict, tier))) {
          const longer = ways.map((way) => [...way, `${step.means} ${step.target} ${step.verdict}`]);
          if (this.isThere(step.to, tier)) arrived.push(...longer);
          else if (!seen.has(step.to.key)) {
            const before = next.get(step.to.key)?.ways ?? [];
            next.set(step.to.key, { foothold: step.to, ways: [...before, ...longer] });
          }
        }
      }
      if (arrived.length > 0) return arrived;
      for (const key of next.keys()) seen.add(key);
      front = next;
    }
    return [];
  }

  private isThere(foothold: Foothold, tier: Verdict): boolean {
    if (this.goal !== undefined) return foothold.principal.key === this.goal;
    const decision = finish(administratorDecision(this.snapshot, foothold, this.context));
    return decision !== undefined && isAtLeast(decision.verdict, tier);
  }

  private stepsFrom(from: Foothold): readonly PlainStep[] {
    const known = this.known.get(from.key);
    if (known !== undefined) return known;
    const steps = Object.entries<Primitive>(PRIMITIVES).flatMap(([means, primitive]) => {
      if (primitive.by !== "ANYONE" && primitive.by !== from.principal.kind) return [];
      return this.targetsOf(primitive, from).flatMap((target) => this.stepsAt(means, primitive, from, target));
    });
    this.known.set(from.key, steps);
    return steps;
  }

  private targetsOf({ target }: Primitive, from: Foothold): readonly StepTarget[] {
    const places = placesIn(this.snapshot);
    return isOfPeople(target)
      ? finish(peopleFor(places, target, from)).map(targetAt)
      : targetsFor(places, target, from);
  }

  private stepsAt(means: string, primitive: Primitive, from: Foothold, target: StepTarget): readonly PlainStep[] {
    if (target.key === from.principal.key) return [];
    const standing = (principal: CompiledPrincipal) => footholdOf(this.snapshot, principal);
    const outcomes = outcomesOf({ snapshot: this.snapshot, footholdOf: standing }, primitive, from, target);
    const decisions = finish(decideCalls(this.deciding, primitive, from, target));
    if (decisions === undefined) return [];
    const [worst = "ALLOWED"] = decisions
      .map(({ verdict }) => verdict)
      .sort((a, b) => VERDICT_RANK[a] - VERDICT_RANK[b]);
    const verdict = primitive.unknown === undefined ? worst : "UNDETERMINED";
    return outcomes.filter(({ key }) => key !== from.key).map((to) => ({ means, target: target.key, to, verdict }));
  }

  private trustOf(role: CompiledPrincipal, serviceName: string) {
    const question = assumeQuestion(role, this.context);
    const decision = question && decideFor(this.snapshot, outsider({ kind: "SERVICE", serviceName }), question);
    return decision !== undefined && isAtLeast(decision.verdict, "UNDETERMINED") ? decision : undefined;
  }
}
