import type { ActionPlan } from "../../grants/action-plan.js";
import type { Candidate } from "../../grants/candidate.js";
import type { OpenStatements } from "../../grants/open-statements.js";
import type { ScopedPlaces } from "../../grants/policy-places.js";
import { type PrincipalRanges, principalRanges } from "../../grants/principal-ranges.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { giveBack } from "../../grants/spare-bits.js";
import type { Context } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import { ALLOWS, DENIES, type Effects, noEffects, uncertain } from "../../policy/prepared/effects.js";
import { mayBeKnown } from "../access/known-context.js";
import { addEffects, Tally } from "./add-effects.js";
import { countTests } from "./count-tests.js";
import { decideByTests } from "./decide-by-tests.js";
import { settleAll, type VerdictSets } from "./settle.js";

/**
 * What statements say of an action whatever the resource, for questions that leave open all that these statements test: worked out once, it
 * leaves a question only what hangs on its resource.
 */
export interface SteadyPart {
  readonly tally: Tally;
  /** Verdicts where nothing else is said, for an account that no control policy binds and no border keeps out. */
  readonly sets: VerdictSets;
  /** On how many open tests the answer of one principal hangs at most. */
  readonly mostTests: number;
  /** What counts within resource groups, where these matter. */
  readonly scoped: readonly ScopedEffects[];
  /** What hangs on the resource, or on what the question says of its context. */
  readonly rest: OpenStatements;
  /** To be called when the question is answered. */
  readonly end: () => void;
}

/** What a policy says to whom it reaches within resource groups. */
export interface ScopedEffects {
  readonly effects: Effects;
  readonly places: ScopedPlaces;
}

/** For which questions it is. */
interface Wanted {
  /** It is not known of any scope whether it reaches the resource. */
  readonly isLost: boolean;
  /** Denials are asked for as well. */
  readonly wantsDenials: boolean;
}

/** Statements of a plan that cover every resource and test only what is not known of any request, and the others. */
interface Parts {
  readonly held: readonly Candidate[];
  readonly rest: OpenStatements;
  /** All that the former test. */
  readonly keys: ReadonlySet<string>;
  /** Parts that were asked for before: only what is asked for again is kept, for it takes memory. */
  readonly asked: Set<PartName>;
  readonly known: Map<PartName, SteadyPart>;
}

type PartName = `${boolean}|${boolean}|${boolean}`;

/** By plan, which is one snapshot's. */
const PARTS = new WeakMap<ActionPlan, Parts>();

/**
 * The steady part of a plan. Yields while it is worked out.
 */
export function* steadyPartOf(
  snapshot: Snapshot,
  plan: ActionPlan,
  foldedAction: string,
  context: Context,
  { isLost, wantsDenials }: Wanted,
): Generator<undefined, SteadyPart, undefined> {
  const parts = PARTS.get(plan) ?? partsOf(snapshot, plan, foldedAction);
  PARTS.set(plan, parts);
  const isOpen = context.mode === "OPEN" && ![...context.entries.keys()].some((key) => parts.keys.has(key));
  const name: PartName = `${isOpen}|${isLost}|${wantsDenials}`;
  const known = parts.known.get(name);
  if (known !== undefined) return known;
  const people = principalRanges(snapshot.principals);
  const part = yield* workOut(snapshot, plan, people, isOpen ? parts : { held: [], rest: plan.open }, {
    isLost,
    wantsDenials,
  });
  const isAskedAgain = parts.asked.has(name);
  parts.asked.add(name);
  if (!isAskedAgain) return part;
  const kept = { ...part, end: () => undefined };
  parts.known.set(name, kept);
  return kept;
}

function partsOf(snapshot: Snapshot, plan: ActionPlan, foldedAction: string): Parts {
  const isSteady = ({ statement: { coversAnyResource, tests }, whenOpen }: Candidate) =>
    coversAnyResource &&
    whenOpen !== undefined &&
    !tests.some(({ foldedKey }) => mayBeKnown(snapshot, foldedAction, foldedKey));
  const { held, rest } = plan.open.part(isSteady);
  const keys = new Set(held.flatMap(({ statement }) => statement.tests.map(({ foldedKey }) => foldedKey)));
  return { held, rest, keys, asked: new Set(), known: new Map() };
}

function* workOut(
  { reach }: Snapshot,
  { allowing, denying }: ActionPlan,
  people: PrincipalRanges,
  { held, rest }: Pick<Parts, "held" | "rest">,
  { isLost, wantsDenials }: Wanted,
): Generator<undefined, SteadyPart, undefined> {
  const tally = new Tally(people.nobody, { allowed: allowing.wide, denied: denying.wide });
  const scoped: ScopedEffects[] = [
    ...allowing.scoped.map((places) => ({ effects: ALLOWED, places })),
    ...denying.scoped.map((places) => ({ effects: DENIED, places })),
  ];
  for (const { policy, whenOpen: effects } of held) {
    const { wide, scoped: places } = reach.places(policy);
    if (effects === undefined) continue;
    addEffects(tally, effects, wide, 0, wide.length);
    if (places.places.length > 0) scoped.push({ effects, places });
  }
  if (isLost) addLost(tally, scoped);
  yield undefined;
  const mostTests = countTests(tally);
  const wanted = wantsDenials ? EVERY_VERDICT : NO_DENIALS;
  const { sets, left, unsolved } = settleAll(tally, people, wanted);
  yield* decideByTests([tally], { sets, unsolved }, () => false);
  giveBack([left, unsolved]);
  const end = () => {
    tally.end();
    giveBack([...wanted].map((verdict) => sets[verdict]));
  };
  return { tally, sets, mostTests, scoped: isLost ? [] : scoped, rest, end };
}

function addLost(tally: Tally, scoped: readonly ScopedEffects[]): void {
  for (const { effects, places } of scoped)
    addEffects(tally, uncertain(effects), places.places, 0, places.places.length);
}

const NO_DENIALS: ReadonlySet<Verdict> = new Set(["ALLOWED", "CONDITIONAL", "UNDETERMINED"]);
const EVERY_VERDICT: ReadonlySet<Verdict> = new Set([...NO_DENIALS, "IMPLICIT_DENY", "EXPLICIT_DENY"]);

const ALLOWED: Effects = { ...noEffects(), bits: ALLOWS };
const DENIED: Effects = { ...noEffects(), bits: DENIES };
