import type { Bits } from "../../grants/bits.js";
import type { Candidate } from "../../grants/candidate.js";
import type { OpenStatements } from "../../grants/open-statements.js";
import type { ActionPlan } from "../../grants/plan-draft.js";
import { type PrincipalRanges, principalRanges } from "../../grants/principal-ranges.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Context } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import { ALLOWS, DENIES, type Effects, noEffects } from "../../policy/prepared/effects.js";
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
  /** The question leaves open all that these statements test. */
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

/** Statements of a plan that cover every resource and test only what is not known of any request, and the others. */
interface Parts {
  readonly held: readonly Candidate[];
  readonly rest: OpenStatements;
  /** All that the former test. */
  readonly keys: ReadonlySet<string>;
  readonly known: Map<PartName, SteadyPart>;
}

type Kind = `${boolean}|${boolean}`;
type PartName = `${boolean}|${Kind}`;

/** By plan, which is one snapshot's. */
const PARTS = new WeakMap<ActionPlan, Parts>();
/** Kinds of questions that were asked before: only for what is asked again a part is worked out and kept, for it takes time and memory. */
const ASKED = new WeakMap<ActionPlan, Set<Kind>>();

/**
 * The steady part of a plan; for the first question of a kind it holds nothing but what is settled. Yields while it is worked out.
 */
export function* steadyPartOf(
  snapshot: Snapshot,
  plan: ActionPlan,
  foldedAction: string,
  context: Context,
  { isLost, wantsDenials }: Wanted,
): Generator<undefined, SteadyPart, undefined> {
  const people = principalRanges(snapshot.principals);
  const whole = { held: [], rest: plan.open, isOpen: false };
  const kind: Kind = `${isLost}|${wantsDenials}`;
  if (!wasAsked(plan, kind)) return tallyHeld(snapshot, plan, people, whole, isLost);
  const parts = PARTS.get(plan) ?? partsOf(snapshot, plan, foldedAction);
  PARTS.set(plan, parts);
  const isOpen = leavesOpen(context, parts.keys);
  const name: PartName = `${isOpen}|${kind}`;
  const known = parts.known.get(name);
  if (known !== undefined) return known;
  const part = tallyHeld(snapshot, plan, people, isOpen ? { ...parts, isOpen } : whole, isLost);
  yield undefined;
  const verdicts = yield* settleHeld(snapshot, part.tally, people.nobody, wantsDenials ? EVERY_VERDICT : NO_DENIALS);
  const kept = { ...part, kept: verdicts, end: () => undefined };
  parts.known.set(name, kept);
  return kept;
}

/** Whether such a question was asked before; the next time it was. */
function wasAsked(plan: ActionPlan, kind: Kind): boolean {
  const kinds = ASKED.get(plan) ?? new Set();
  ASKED.set(plan, kinds);
  const was = kinds.has(kind);
  kinds.add(kind);
  return was;
}

function partsOf(snapshot: Snapshot, plan: ActionPlan, foldedAction: string): Parts {
  const coversAll = (candidate: Candidate) =>
    candidate.statement.coversAnyResource && isSteady(snapshot, foldedAction, candidate);
  const { held, rest } = plan.open.part(coversAll);
  return { held, rest, keys: keysOf(held), known: new Map() };
}

/** The statements that a part holds, and the others. */
interface Held extends Pick<SteadyPart, "rest" | "isOpen"> {
  readonly held: readonly Candidate[];
}

function tallyHeld(
  { reach }: Snapshot,
  { allowing, denying }: ActionPlan,
  { nobody }: PrincipalRanges,
  { held, rest, isOpen }: Held,
  isLost: boolean,
): SteadyPart {
  const tally = new Tally(nobody, { allowed: allowing.wide, denied: denying.wide });
  const scoped = [
    ...allowing.scoped.map((places) => ({ effects: ALLOWED, places })),
    ...denying.scoped.map((places) => ({ effects: DENIED, places })),
    ...addHeld(tally, reach, held),
  ];
  if (isLost) addLost(tally, scoped);
  const mostTests = countTests(tally);
  return { tally, kept: undefined, mostTests, scoped: isLost ? [] : scoped, rest, isOpen, end: () => tally.end() };
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

const NO_DENIALS: ReadonlySet<Verdict> = new Set(["ALLOWED", "CONDITIONAL", "UNDETERMINED"]);
const EVERY_VERDICT: ReadonlySet<Verdict> = new Set([...NO_DENIALS, "IMPLICIT_DENY", "EXPLICIT_DENY"]);

const ALLOWED: Effects = { ...noEffects(), bits: ALLOWS };
const DENIED: Effects = { ...noEffects(), bits: DENIES };
