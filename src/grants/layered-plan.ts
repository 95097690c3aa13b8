import type { Candidate } from "./candidate.js";
import { OpenStatements } from "./open-statements.js";
import { type ActionPlan, PlanDraft } from "./plan-draft.js";
import type { Snapshot } from "./snapshot.js";

/** A plan as what holds for all actions of a service and what the action adds to that; put together only where it has to be. */
export class LayeredPlan {
  /** Undefined where nothing was worked out for the service: then all is added. */
  declare readonly base: ActionPlan | undefined;
  declare private readonly snapshot: Pick<Snapshot, "principals" | "reach">;
  declare private readonly candidates: readonly Candidate[];
  declare private joined: ActionPlan | undefined;

  /** @param candidates statements that cover the action, without those of the base */
  constructor(
    snapshot: Pick<Snapshot, "principals" | "reach">,
    base: ActionPlan | undefined,
    candidates: readonly Candidate[],
  ) {
    this.base = base;
    this.snapshot = snapshot;
    this.candidates = candidates;
    this.joined = undefined;
  }

  /** What the action adds, by the resources that it may be about; also what is settled for all of them. */
  added(): OpenStatements {
    const open = new OpenStatements();
    for (const candidate of this.candidates) open.add(candidate);
    return open;
  }

  /** Worked out when it is asked for first. */
  get whole(): ActionPlan {
    this.joined ??= this.join();
    return this.joined;
  }

  private join(): ActionPlan {
    const plan = new PlanDraft(this.snapshot, this.base);
    for (const candidate of this.candidates) plan.add(candidate);
    return plan;
  }
}
