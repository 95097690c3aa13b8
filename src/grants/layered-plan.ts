import { addBit, type Bits, noBits } from "./bits.js";
import type { Candidate } from "./candidate.js";
import { OpenStatements } from "./open-statements.js";
import { type ActionPlan, PlanDraft } from "./plan-draft.js";
import type { Snapshot } from "./snapshot.js";
import { workTogetherOn } from "./work-together.js";

/** How many statements are added before others get their turn: each may reach a hundred thousand principals. */
const STEP = 16;

type People = Pick<Snapshot, "principals" | "reach">;

/** By snapshot, for a plan is kept by later ones as well, and what is half done holds on to the one that it is made of. */
const joining = workTogetherOn<People, LayeredPlan, ActionPlan>();

/** A plan as what holds for all actions of a service and what the action adds to that; put together only where it has to be. */
export class LayeredPlan {
  /** Undefined where nothing was worked out for the service: then all is added. */
  declare readonly base: ActionPlan | undefined;
  /** Numbers of all policies that say something about the action. */
  declare readonly speaking: Bits;
  declare private readonly candidates: readonly Candidate[];
  declare private joined: ActionPlan | undefined;

  /**
   * @param policyCount all numbers of policies are below
   * @param candidates statements that cover the action, without those of the base
   */
  constructor(policyCount: number, base: ActionPlan | undefined, candidates: readonly Candidate[]) {
    this.base = base;
    this.speaking = noBits(policyCount);
    if (base !== undefined) this.speaking.set(base.speaking);
    for (const { policy } of candidates) addBit(this.speaking, policy);
    this.candidates = candidates;
    this.joined = undefined;
  }

  /** What the action adds, by the resources that it may be about; also what is settled for all of them. */
  added(): OpenStatements {
    const open = new OpenStatements();
    for (const candidate of this.candidates) open.add(candidate);
    return open;
  }

  /** Places of those who are decided one by one, whatever else it says of them. */
  get stale(): readonly number[] {
    return this.base?.stale ?? [];
  }

  /** Worked out when it is asked for first, of any snapshot that has this plan; yields meanwhile. */
  *whole(snapshot: People): Generator<undefined, ActionPlan, undefined> {
    this.joined ??= yield* joining(snapshot, this, () => this.join(snapshot));
    return this.joined;
  }

  private *join(snapshot: People): Generator<undefined, ActionPlan, undefined> {
    const plan = new PlanDraft(snapshot, this.base);
    for (const [at, candidate] of this.candidates.entries()) {
      if (at % STEP === 0) yield undefined;
      plan.add(candidate, snapshot.reach);
    }
    return plan;
  }
}
