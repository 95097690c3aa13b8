import { serviceOfAction } from "../policy/action-pattern.js";
import { textBit } from "../policy/prepared/text-bit.js";
import { type Candidate, candidateOf, coversUnnamed } from "./candidate.js";
import { LayeredPlan } from "./layered-plan.js";
import { serviceBaseOf } from "./service-base.js";
import type { Snapshot } from "./snapshot.js";
import { isWorn } from "./wear.js";
import { workTogetherOn } from "./work-together.js";

/** How many actions are remembered of one snapshot; one takes up to half a megabyte in the largest worlds. */
const MOST_PLANS = 64;

const KNOWN = new WeakMap<Snapshot, Map<string, LayeredPlan>>();

/** How many statements are looked at before others get their turn: the first time, each of them is prepared. */
const STEP = 100;

const making = workTogetherOn<Snapshot, string, LayeredPlan>();

/** What is remembered of a snapshot, the one that was not asked for longest first. */
export function plansOf(snapshot: Snapshot): Map<string, LayeredPlan> {
  const plans = KNOWN.get(snapshot) ?? new Map<string, LayeredPlan>();
  KNOWN.set(snapshot, plans);
  return plans;
}

/** The plan of an action, given in lower case. The one that was not asked for longest goes first when there are too many. */
export function* planOf(snapshot: Snapshot, foldedAction: string): Generator<undefined, LayeredPlan, undefined> {
  const plans = plansOf(snapshot);
  const known = plans.get(foldedAction);
  const isFit = known !== undefined && (known.base === undefined || !isWorn(known.base, snapshot));
  const plan = isFit ? known : yield* making(snapshot, foldedAction, () => makePlan(snapshot, foldedAction));
  plans.delete(foldedAction);
  plans.set(foldedAction, plan);
  const [oldest] = plans.size > MOST_PLANS ? plans.keys() : [];
  if (oldest !== undefined) plans.delete(oldest);
  return plan;
}

function* makePlan(snapshot: Snapshot, foldedAction: string): Generator<undefined, LayeredPlan, undefined> {
  const { actionIndex, reach } = snapshot;
  const { plan: base, others } = yield* serviceBaseOf(snapshot, serviceOfAction(foldedAction));
  const added: Candidate[] = [];
  const nameBit = textBit(foldedAction);
  let seen = 0;
  for (const entry of [...others, ...actionIndex.statementsNaming(foldedAction)]) {
    if (++seen % STEP === 0) yield undefined;
    const candidate = candidateOf(entry, reach);
    if (candidate === undefined || candidate.policy < 0) continue;
    if (entry.isNamed || coversUnnamed(candidate, foldedAction, nameBit)) added.push(candidate);
  }
  return new LayeredPlan(reach.policyCount, base, added);
}
