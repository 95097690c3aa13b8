import type { Bits } from "../../grants/bits.js";
import type { Candidate } from "../../grants/candidate.js";
import type { LayeredPlan } from "../../grants/layered-plan.js";
import type { OpenStatements } from "../../grants/open-statements.js";
import type { ActionPlan } from "../../grants/plan-draft.js";
import { type PrincipalRanges, principalRanges } from "../../grants/principal-ranges.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Context } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import { ALLOWS, DENIES, type Effects, noEffects } from "../../policy/prepared/effects.js";
import { mayBeKnown } from "../access/known-context.js";
import { NOT_A_PLAIN_NO, VERDICTS } from "../access/verdict-rank.js";
import { Tally } from "./add-effects.js";
import { addHeld, addLost, isSteady, keysOf, leavesOpen, type ScopedEffects } from "./add-held.js";
import { everyoneAsked } from "./asked-accounts.js";
import { countTests } from "./count-tests.js";
import { decideByTests } from "./decide-by-tests.js";
import { type KeptVerdicts, settleAll } from "./settle.js";

/**
 * What statements say of an action whatever the resource, for questions that leave open all that these statements test: worked out once, it
 * leaves a question only what hangs on its resource.
 */
export interface SteadyPart {
  readonly tally: Tally;
  /** Present once they are kept. */
  readonly kept: KeptVerdicts | undefined;
  /** On how many open tests the answer of one principal hangs at most. */
  readonly mostTests: number;
  /** What counts within resource groups, where these matter. */
  readonly scoped: readonly ScopedEffects[];
  /** What hangs on the resource, or on what the question says of its context. */
  readonly rest: OpenStatements;
  /** What the action adds, where the part is one of its service. */
  readonly added: OpenStatements | undefined;
  /** It is the action's, and the question leaves open all that these statements test. */
  readonly isOpen: boolean;
  /** To be called when the question is answered. */
  readonly end: () => void;
}

/** For which questions it is. */
export interface Wanted {
  /** It is not known of any scope whether it reaches the resource. */
  readonly isLost: boolean;
  /** Denials are asked for as well. */
  readonly wantsDenials: boolean;
}

/** What a question leaves open about an action. */
export interface Opening {
  readonly foldedAction: string;
  readonly context: Context;
}

/** Statements of a plan that cover every resource and test only what is not known of any request, and the others. */
interface Parts {
  readonly held: readonly Candidate[];
  readonly rest: OpenStatements;
  /** All that the former test. */
  readonly keys: ReadonlySet<string>;
  readonly known: Map<PartName, SteadyPart>;
  /** A service's plan may be one of several snapshots, of which only these matter here. */
  readonly principals: Snapshot["principals"];
  readonly accounts: Snapshot["accounts"];
}

type Kind = `${boolean}|${boolean}`;
type PartName = `${boolean}|${Kind}`;

const PARTS = new WeakMap<ActionPlan, Parts>();
/** How many parts are kept of one plan. */
const MOST_PARTS = 4;
/** Kinds of questions that were asked before: only for what is asked again a part is worked out and kept, for it takes time and memory. */
const ASKED = new WeakMap<LayeredPlan, Set<Kind>>();

/**
 * The steady part of a plan. For the first question of a kind it is that of the service, where there is one, or holds nothing but what is
 * settled. Yields while it is worked out.
 */
export function* steadyPartOf(
  snapshot: Snapshot,
  plan: LayeredPlan,
  { foldedAction, context }: Opening,
  wanted: Wanted,
): Generator<undefined, SteadyPart, undefined> {
  const wasAskedBefore = wasAsked(plan, `${wanted.isLost}|${wanted.wantsDenials}`);
  if (wasAskedBefore) return yield* keptPart(snapshot, yield* plan.whole(snapshot), { foldedAction, context }, wanted);
  if (plan.base === undefined) return yield* settledPart(snapshot, yield* plan.whole(snapshot), wanted);
  const part = yield* keptPart(snapshot, plan.base, { foldedAction, context }, wanted);
  return { ...part, added: plan.added(), isOpen: false };
}

function settledPart(
  snapshot: Snapshot,
  plan: ActionPlan,
  { isLost }: Wanted,
): Generator<undefined, SteadyPart, undefined> {
  const people = principalRanges(snapshot.principals);
  return tallyHeld(snapshot, plan, people, { held: [], rest: plan.open, isOpen: false }, isLost);
}

function* keptPart(
  snapshot: Snapshot,
  plan: ActionPlan,
  opening: Opening,
  wanted: Wanted,
): Generator<undefined, SteadyPart, undefined> {
  const { isLost, wantsDenials } = wanted;
  const parts = partsOf(snapshot, plan, opening.foldedAction);
  const isOpen = leavesOpenHere(snapshot, opening, parts.keys);
  const name: PartName = `${isOpen}|${isLost}|${wantsDenials}`;
  const known = parts.known.get(name);
  if (known !== undefined) return known;
  const people = principalRanges(snapshot.principals);
  const held = isOpen ? { held: parts.held, rest: parts.rest, isOpen } : undefined;
  const part = yield* held === undefined
    ? settledPart(snapshot, plan, wanted)
    : tallyHeld(snapshot, plan, people, held, isLost);
  yield undefined;
  const verdicts = yield* settleHeld(
    snapshot,
    part.tally,
    people.nobody,
    wantsDenials ? EVERY_VERDICT : NOT_A_PLAIN_NO,
  );
  const kept = { ...part, kept: verdicts, end: () => undefined };
  if (parts.known.size >= MOST_PARTS) parts.known.clear();
  part.tally.isKept = true;
  parts.known.set(name, kept);
  return kept;
}

/** Nothing is known of what these statements test: of no request for the action, and not by the question. */
function leavesOpenHere(snapshot: Snapshot, { foldedAction, context }: Opening, keys: ReadonlySet<string>): boolean {
  if (!leavesOpen(context, keys)) return false;
  for (const key of keys) if (mayBeKnown(snapshot, foldedAction, key)) return false;
  return true;
}

/** Whether such a question was asked before; the next time it was. */
function wasAsked(plan: LayeredPlan, kind: Kind): boolean {
  const kinds = ASKED.get(plan) ?? new Set();
  ASKED.set(plan, kinds);
  const was = kinds.has(kind);
  kinds.add(kind);
  return was;
}

function partsOf(snapshot: Snapshot, plan: ActionPlan, foldedAction: string): Parts {
  const parts = knownParts(snapshot, plan) ?? partsAsMade(snapshot, plan) ?? divide(snapshot, plan, foldedAction);
  PARTS.set(plan, parts);
  return parts;
}

function knownParts({ principals, accounts }: Snapshot, plan: ActionPlan): Parts | undefined {
  const known = PARTS.get(plan);
  return known?.principals === principals && known.accounts === accounts ? known : undefined;
}

/** What they say of those for whom the plan is stale is left out of account. */
function partsAsMade(snapshot: Snapshot, { origin }: ActionPlan): Parts | undefined {
  const made = origin === undefined ? undefined : knownParts(snapshot, origin);
  return made === undefined ? undefined : { ...made, known: new Map(made.known) };
}

/** @param foldedAction the first that is asked about: other actions of a service look whether what is held says the same of them */
function divide(snapshot: Snapshot, plan: ActionPlan, foldedAction: string): Parts {
  const { principals, accounts } = snapshot;
  const coversAll = (candidate: Candidate) =>
    candidate.statement.coversAnyResource && isSteady(snapshot, foldedAction, candidate);
  const { held, rest } = plan.open.part(coversAll);
  return { held, rest, keys: keysOf(held), known: new Map(), principals, accounts };
}

/** The statements that a part holds, and the others. */
interface Held extends Pick<SteadyPart, "rest" | "isOpen"> {
  readonly held: readonly Candidate[];
}

function* tallyHeld(
  { reach }: Snapshot,
  { allowing, denying }: ActionPlan,
  { nobody }: PrincipalRanges,
  { held, rest, isOpen }: Held,
  isLost: boolean,
): Generator<undefined, SteadyPart, undefined> {
  const tally = new Tally(nobody, { allowed: allowing.wide, denied: denying.wide });
  const scoped = [
    ...allowing.scoped.map((places) => ({ effects: ALLOWED, places })),
    ...denying.scoped.map((places) => ({ effects: DENIED, places })),
    ...(yield* addHeld(tally, reach, held)),
  ];
  if (isLost) addLost(tally, scoped);
  const mostTests = countTests(tally);
  const lasting = { tally, kept: undefined, mostTests, scoped: isLost ? [] : scoped };
  return { ...lasting, rest, added: undefined, isOpen, end: () => tally.end() };
}

function* settleHeld(
  snapshot: Snapshot,
  tally: Tally,
  nobody: Bits,
  wanted: ReadonlySet<Verdict>,
): Generator<undefined, KeptVerdicts, undefined> {
  const who = everyoneAsked(snapshot);
  const settled = settleAll(tally, nobody, who, wanted);
  yield* decideByTests([tally], settled, () => false);
  return { sets: settled.sets, left: settled.left, who, verdicts: wanted };
}

const EVERY_VERDICT: ReadonlySet<Verdict> = new Set(VERDICTS);

const ALLOWED: Effects = { ...noEffects(), bits: ALLOWS };
const DENIED: Effects = { ...noEffects(), bits: DENIES };
