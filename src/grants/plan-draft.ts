import { ALLOWS } from "../policy/prepared/effects.js";
import { addAll, addBit, addSet, type Bits, noBits } from "./bits.js";
import type { Candidate } from "./candidate.js";
import { crowdOf } from "./crowds.js";
import { OpenStatements } from "./open-statements.js";
import type { PolicyPlaces, ScopedPlaces } from "./policy-places.js";
import type { Reach } from "./reach.js";
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
  /** Places of those of whom it may say what holds no more, since it was made for an earlier state: they are decided one by one. */
  readonly stale: readonly number[];
  /** Present where it is stale: the same as it was made, whose sayings about others hold. */
  readonly origin: ActionPlan | undefined;
}

/** Whom statements reach that say the same of every request for the action, by places of principals. */
export interface Settled {
  readonly wide: Bits;
  /** Within some resource group, policy by policy. */
  readonly scoped: readonly ScopedPlaces[];
}

/** A plan to which statements are added that cover the action. */
export class PlanDraft implements ActionPlan {
  readonly allowing: Settling;
  readonly denying: Settling;
  readonly open: OpenStatements;
  readonly speaking: Bits;
  readonly stale: readonly number[];
  readonly origin = undefined;

  /** @param begun what was said already, which goes on as it is */
  constructor({ principals, reach }: Pick<Snapshot, "principals" | "reach">, begun?: ActionPlan) {
    this.allowing = new Settling(principals.length, begun?.allowing);
    this.denying = new Settling(principals.length, begun?.denying);
    this.open = new OpenStatements(begun?.open);
    this.speaking = noBits(reach.policyCount);
    if (begun !== undefined) this.speaking.set(begun.speaking);
    this.stale = begun?.stale ?? [];
  }

  /** @param reach is not held on to: a plan may outlast it */
  add(candidate: Candidate, reach: Reach): void {
    const { policy, settled } = candidate;
    addBit(this.speaking, policy);
    if (settled === 0) this.open.add(candidate);
    else (settled === ALLOWS ? this.allowing : this.denying).add(reach.places(policy));
  }
}

class Settling implements Settled {
  readonly wide: Bits;
  readonly scoped: ScopedPlaces[];

  constructor(size: number, begun: Settled | undefined) {
    this.wide = begun?.wide.slice() ?? noBits(size);
    this.scoped = begun?.scoped.slice() ?? [];
  }

  add({ wide, scoped }: PolicyPlaces): void {
    const crowd = crowdOf(wide, this.wide.length);
    if (crowd === undefined) addAll(this.wide, wide);
    else addSet(this.wide, crowd);
    if (scoped.places.length > 0) this.scoped.push(scoped);
  }
}
