import { ALLOWS } from "../policy/prepared/effects.js";
import { textBit } from "../policy/prepared/text-bit.js";
import { addAll, addBit, type Bits, noBits } from "./bits.js";
import { candidateOf, coversUnnamed } from "./candidate.js";
import { OpenStatements } from "./open-statements.js";
import type { PolicyPlaces, ScopedPlaces } from "./policy-places.js";
import type { Snapshot } from "./snapshot.js";

/** All that is to be known about an action before a resource is named. */
export interface ActionPlan {
  /** What statements say that allow or deny it on every resource and without condition. */
  readonly allowing: Settled;
  readonly denying: Settled;
  /** What hangs on the resource or on conditions. */
  readonly open: OpenStatements;
  /** Numbers of all policies that say something about it. */
  readonly speaking: Bits;
}

/** Whom statements reach that say the same of every request for the action, by places of principals. */
export interface Settled {
  readonly wide: Bits;
  /** Within some resource group, policy by policy. */
  readonly scoped: readonly ScopedPlaces[];
}

/** How many actions are remembered of one snapshot; one takes up to half a megabyte in the largest worlds. */
const MOST_PLANS = 64;

const KNOWN = new WeakMap<Snapshot, Map<string, ActionPlan>>();

/** How many statements are looked at before others get their turn: the first time, each of them is prepared. */
const STEP = 100;

/** The plan of an action, given in lower case. The one that was not asked for longest goes first when there are too many. */
export function* planOf(snapshot: Snapshot, foldedAction: string): Generator<undefined, ActionPlan, undefined> {
  const plans = KNOWN.get(snapshot) ?? new Map<string, ActionPlan>();
  KNOWN.set(snapshot, plans);
  const plan = plans.get(foldedAction) ?? (yield* makePlan(snapshot, foldedAction));
  plans.delete(foldedAction);
  plans.set(foldedAction, plan);
  const [oldest] = plans.size > MOST_PLANS ? plans.keys() : [];
  if (oldest !== undefined) plans.delete(oldest);
  return plan;
}

function* makePlan(
  { actionIndex, principals, reach }: Snapshot,
  foldedAction: string,
): Generator<undefined, ActionPlan, undefined> {
  const [allowing, denying] = [new Settling(principals.length), new Settling(principals.length)];
  const [open, speaking] = [new OpenStatements(), noBits(reach.policyCount)];
  const nameBit = textBit(foldedAction);
  let seen = 0;
  for (const entry of actionIndex.statementsAbout(foldedAction)) {
    if (++seen % STEP === 0) yield undefined;
    const candidate = candidateOf(entry, reach);
    if (candidate === undefined || candidate.policy < 0) continue;
    if (!entry.isNamed && !coversUnnamed(candidate, foldedAction, nameBit)) continue;
    const { policy, settled } = candidate;
    addBit(speaking, policy);
    if (settled === 0) open.add(candidate);
    else (settled === ALLOWS ? allowing : denying).add(reach.places(policy));
  }
  return { allowing, denying, open, speaking };
}

class Settling implements Settled {
  readonly wide: Bits;
  readonly scoped: ScopedPlaces[] = [];

  constructor(size: number) {
    this.wide = noBits(size);
  }

  add({ wide, scoped }: PolicyPlaces): void {
    addAll(this.wide, wide);
    if (scoped.places.length > 0) this.scoped.push(scoped);
  }
}
