import { asciiLower } from "../../policy/ascii.js";
import type { Verdict } from "../../policy/decide.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import type { Decision } from "../access/decision.js";
import { VERDICT_RANK } from "../access/verdict-rank.js";
import { decideCalls } from "./decide-calls.js";
import type { Foothold } from "./foothold.js";
import { outcomesOf } from "./outcomes.js";
import type { Primitive } from "./primitive.js";
import { type Means, PRIMITIVES } from "./primitives.js";
import type { Search } from "./search.js";
import type { StepTarget } from "./targets.js";

/** One step of a path: somebody does something that they may do, and is somewhere else or has other rights. */
export interface Step {
  readonly means: Means;
  readonly from: Foothold;
  readonly to: Foothold;
  readonly target: StepTarget;
  /** One for each call that it takes, in their order. */
  readonly decisions: () => readonly Decision[];
  /** The worst of them. */
  readonly verdict: Verdict;
}

const ALL: readonly (readonly [Means, Primitive])[] = entriesOf(PRIMITIVES);

function entriesOf(table: Readonly<Record<Means, Primitive>>): readonly (readonly [Means, Primitive])[] {
  const isMeans = (name: string): name is Means => Object.hasOwn(table, name);
  return Object.keys(table)
    .filter(isMeans)
    .map((means) => [means, table[means]]);
}

/** Every action of the table, in lower case. */
export const PRIMITIVE_ACTIONS: readonly string[] = [
  ...new Set(ALL.flatMap(([, { calls }]) => calls.flatMap(({ anyOf }) => anyOf.map(asciiLower)))),
];

/**
 * The steps that can be taken from a foothold; those that are plainly denied are left out. Yields before each target and each decision.
 *
 * @param isWanted what the steps shall lead to; asked before anything is decided
 */
export function* stepsFrom(
  search: Search,
  from: Foothold,
  isWanted: (to: Foothold) => boolean,
): Generator<undefined, readonly Step[], undefined> {
  const steps: Step[] = [];
  for (const [means, primitive] of ALL) {
    yield undefined;
    if (!mayTry(from, primitive)) continue;
    const targets = yield* search.targetsOf(primitive.target, from);
    for (const target of targets) {
      yield undefined;
      if (target.key === from.principal.key) continue;
      const outcomes = outcomesOf(search, primitive, from, target).filter((to) => to.key !== from.key && isWanted(to));
      if (outcomes.length === 0) continue;
      yield undefined;
      const verdict = verdictOf(search, primitive, from, target);
      if (verdict === undefined) continue;
      const decisions = () => decideCalls(search, primitive, from, target) ?? [];
      steps.push(...outcomes.map((to): Step => ({ means, from, to, target, decisions, verdict })));
    }
  }
  return steps;
}

/** The verdict of a step; undefined for a plain no. Steps that must come out alike are decided once. */
function verdictOf(search: Search, primitive: Primitive, from: Foothold, target: StepTarget): Verdict | undefined {
  return search.decideOnce(search.likeness(primitive, from, target), () => {
    const decisions = decideCalls(search, primitive, from, target);
    if (decisions === undefined) return undefined;
    return primitive.unknown === undefined ? worstOf(decisions) : "UNDETERMINED";
  });
}

/** Can anything be done from there? */
export function mayAct(foothold: Foothold): boolean {
  return ALL.some(([, primitive]) => mayTry(foothold, primitive));
}

/** The actions of every call in lower case, by means. */
const FOLDED: ReadonlyMap<Primitive, readonly (readonly string[])[]> = new Map(
  ALL.map(([, primitive]) => [primitive, primitive.calls.map(({ anyOf }) => anyOf.map(asciiLower))]),
);

/** Statements that allow one action of every call; what they are limited to is decided later. */
function mayTry({ principal, grants }: Foothold, primitive: Primitive): boolean {
  if (primitive.by !== "ANYONE" && primitive.by !== principal.kind) return false;
  return (FOLDED.get(primitive) ?? []).every((anyOf) =>
    anyOf.some((action) =>
      grants.some(({ statement }) => statement.effect !== "DENY" && mayCoverAction(statement, action) !== false),
    ),
  );
}

function worstOf(decisions: readonly Decision[]): Verdict {
  const [worst] = decisions.map(({ verdict }) => verdict).toSorted((a, b) => VERDICT_RANK[a] - VERDICT_RANK[b]);
  return worst ?? "ALLOWED";
}
