import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Steps } from "../../grants/steps.js";
import type { Key } from "../../inventory/keys.js";
import type { Verdict } from "../../policy/decide.js";
import type { Decision } from "../access/decision.js";
import { isAtLeast } from "../access/verdict-rank.js";
import { decideCalls } from "./decide-calls.js";
import type { Foothold } from "./foothold.js";
import { KINDS_OF_STEPS, type KindOfStep } from "./kinds-of-steps.js";
import { outcomesOf } from "./outcomes.js";
import type { PrimitiveTarget } from "./primitive.js";
import type { Means } from "./primitives.js";
import type { Search } from "./search.js";
import type { Standing } from "./standing.js";
import {
  groupsIn,
  isOfPeople,
  oneOfEachTrust,
  othersAmong,
  type PeopleKind,
  peopleFor,
  type StepTarget,
  targetAt,
  targetsFor,
} from "./targets.js";

/** One step of a path: somebody does something that they may do, and is somewhere else or has other rights. */
export interface Step {
  readonly means: Means;
  readonly from: Foothold;
  readonly to: Foothold;
  readonly target: StepTarget;
  /** One for each call that it takes, in their order. */
  readonly decisions: () => Steps<readonly Decision[]>;
  /** The worst of them. */
  readonly verdict: Verdict;
}

/** A kind of step as somebody may take it. */
export interface Move {
  readonly kind: KindOfStep;
  readonly from: Foothold;
  readonly standing: Standing;
}

/** The kinds of steps that somebody may try and that may be so certain, in the order of the table, each worked out when it is read. */
export function* movesOf(
  { abilities, standings }: Search,
  from: Foothold,
  least: Verdict,
  among: readonly KindOfStep[] = KINDS_OF_STEPS,
): Generator<Move, void, undefined> {
  for (const kind of among) {
    const mayBe = kind.primitive.unknown === undefined || isAtLeast("UNDETERMINED", least);
    if (mayBe && abilities.mayTry(from, kind)) yield { kind, from, standing: standings.of(from, kind) };
  }
}

/** Which steps are wanted, and what they shall lead to. Being asked yields now and then. */
export interface Wanted {
  /** How certain they have to be. */
  readonly tier: Verdict;
  /** Asked before a step is decided, where that is quick to say. */
  readonly mayBe: (to: Foothold) => Steps<boolean>;
  /** Asked once it is known that the step can be taken. */
  readonly is: (to: Foothold) => Steps<boolean>;
}

/** How many users and roles are looked at, and how many steps are decided, before others get their turn. */
const [STEP, FEW] = [1_000, 8];

type FoundSteps = Steps<readonly Step[]>;

/** The steps that can be taken from a foothold; those that are plainly denied are left out. Yields now and then. */
export function* stepsFrom(search: Search, from: Foothold, wanted: Wanted): FoundSteps {
  const steps: Step[] = [];
  for (const move of movesOf(search, from, wanted.tier)) {
    yield undefined;
    const { target } = move.kind.primitive;
    const found = isOfPeople(target)
      ? yield* stepsAtPeople(search, move, target, wanted)
      : yield* stepsAtOthers(search, move, target, wanted);
    for (const step of found) steps.push(step);
  }
  return steps;
}

function* stepsAtOthers(
  search: Search,
  move: Move,
  kind: Exclude<PrimitiveTarget, PeopleKind>,
  wanted: Wanted,
): FoundSteps {
  const steps: Step[] = [];
  for (const target of yield* targetsOf(search, move, kind)) {
    const verdict = yield* move.standing.verdictOn(move.from, target);
    if (verdict === undefined || !isAtLeast(verdict, wanted.tier)) continue;
    for (const to of outcomesOf(search, move.kind.primitive, move.from, target)) {
      yield undefined;
      if (to.key !== move.from.key && (yield* wanted.is(to))) steps.push(stepTo(search, move, { target, to, verdict }));
    }
  }
  return steps;
}

/** What a step can be aimed at, as far as it is soon told; of groups those at which it is no plain no. Yields now and then. */
export function* targetsOf(
  { places }: Search,
  { from, standing }: Move,
  kind: Exclude<PrimitiveTarget, PeopleKind>,
): Steps<readonly StepTarget[]> {
  if (kind !== "OTHER_GROUP") return targetsFor(places, kind, from);
  const open = yield* standing.openAmong(groupsIn(places, from.principal.accountId), from);
  return othersAmong(open, places, from.principal);
}

function* stepsAtPeople(search: Search, move: Move, kind: PeopleKind, wanted: Wanted): FoundSteps {
  const { from, standing } = move;
  const isQuick = move.kind.primitive.yields === "BECOME";
  const steps: Step[] = [];
  const people = yield* peopleFor(search.places, kind, from);
  if (yield* isInVain(search, move, people, wanted.tier)) return [];
  let asked = 0;
  for (const [at, person] of people.entries()) {
    if (at % STEP === 0) yield undefined;
    if (person.key === from.principal.key) continue;
    const to = becoming(search, move, person);
    if (isQuick && !(yield* wanted.mayBe(to))) continue;
    if (asked++ % FEW === 0) yield undefined;
    const target = targetAt(person);
    const verdict = yield* standing.verdictOn(from, target);
    if (verdict === undefined || !isAtLeast(verdict, wanted.tier)) continue;
    if (yield* wanted.is(to)) steps.push(stepTo(search, move, { target, to, verdict }));
  }
  return steps;
}

/** Can the step be taken at none of them so certainly? Told only where it is quick to say: of one of each who are alike for it. */
function* isInVain(
  { places, roles }: Search,
  { from, standing }: Move,
  people: readonly CompiledPrincipal[],
  tier: Verdict,
): Steps<boolean> {
  if (standing.tellsTargets) return false;
  const isPersonal = ({ key }: { readonly key: Key }) => standing.isToldApartBy(key);
  if (roles.personalFor(from.principal.key).some(isPersonal)) return false;
  for (const person of yield* oneOfEachTrust(places, people, roles)) {
    const verdict = isPersonal(person) ? undefined : yield* standing.verdictOn(from, targetAt(person));
    if (verdict !== undefined && isAtLeast(verdict, tier)) return false;
  }
  return true;
}

/** As whom somebody acts who has taken a step at a user or role. */
export function becoming(search: Search, { kind, from }: Move, person: CompiledPrincipal): Foothold {
  const [to] = outcomesOf(search, kind.primitive, from, targetAt(person));
  if (to === undefined) throw new Error(`\`${kind.means}\` makes nobody of a user or role`);
  return to;
}

export function stepTo(
  search: Search,
  { kind, from }: Move,
  { target, to, verdict }: Pick<Step, "target" | "to" | "verdict">,
): Step {
  const { means, primitive } = kind;
  const decisions = function* () {
    return (yield* decideCalls(search, primitive, from, target)) ?? [];
  };
  return { means, from, to, target, decisions, verdict };
}
