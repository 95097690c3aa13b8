import { namesCallers } from "../../grants/names-callers.js";
import type { PolicyUnit, ReachingUnits } from "../../grants/policy-units.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
import type { RequestResource } from "../../policy/arn.js";
import type { Caller } from "../../policy/caller.js";
import { decide, type Verdict } from "../../policy/decide.js";
import { FALSE, TRUE } from "../../policy/logic/formula.js";
import { reachesScope } from "../../policy/match-statement.js";
import {
  ASK,
  addEffect,
  type Effects,
  joinEffects,
  noEffects,
  uncertain,
  verdictOfEffects,
} from "../../policy/prepared/effects.js";
import { mayCover, mayReach } from "../../policy/prepared/prepared-statement.js";
import type { PointRequest } from "../../policy/request.js";
import type { AccessQuestion } from "./access-question.js";
import { requestOf } from "./judge-access.js";
import { inOwnAccount, isForeign } from "./known-context.js";
import { layersFor } from "./layers-for.js";
import type { PlainQuestion } from "./plain-question.js";

/** What the layers before the identity policies say to everybody of an account. */
type Passage = "PASSED" | "EXPLICIT_DENY" | "IMPLICIT_DENY" | "OPEN";

/**
 * A plain question as the principals of one account ask it, of whom nothing else matters. It weighs prepared policies and names
 * the verdict where that is certain; what it leaves undefined is the judge's.
 */
export class Probe {
  private readonly caller: Caller;
  private readonly resource: RequestResource;
  private readonly isForeign: boolean;
  private passage: Passage | undefined;
  private request: PointRequest | undefined;
  private readonly requestNow = (): PointRequest => {
    const { snapshot, question, plain, caller } = this;
    this.request ??= requestOf(snapshot, caller, question, plain.action.name, plain.resource);
    return this.request;
  };

  /** @param isServiceLinked no control policy binds those whom it is about */
  constructor(
    private readonly snapshot: Snapshot,
    readonly question: AccessQuestion,
    private readonly plain: PlainQuestion,
    readonly accountId: string,
    readonly isServiceLinked: boolean,
  ) {
    this.caller = accountId === CATALOG_ACCOUNT ? ANYBODY : { kind: "USER", accountId };
    this.resource = inOwnAccount(snapshot, plain.resource, this.caller);
    this.isForeign = isForeign(this.resource, this.caller);
  }

  /** The verdict for a principal whom these policies reach; undefined where only the judge can tell. */
  verdictOf({ wide, scoped }: ReachingUnits): Verdict | undefined {
    const effects = noEffects();
    for (let at = 0; at < wide.length; at++) {
      const unit = wide[at];
      if (unit !== undefined) this.weigh(unit, effects);
    }
    for (const { unit, resourceGroupId } of scoped) this.weighScoped(unit, resourceGroupId, effects);
    return this.verdictOfEffects(effects);
  }

  /** Adds what a policy at account scope makes of the question. */
  weigh({ services, statements }: PolicyUnit, effects: Effects): void {
    const { serviceBit, folded } = this.plain.action;
    if ((services & serviceBit) === 0) return;
    for (let at = 0; at < statements.length; at++) {
      const statement = statements[at];
      if (statement === undefined || (statement.services & serviceBit) === 0) continue;
      if (!mayCover(statement, folded) || !mayReach(statement, this.resource)) continue;
      addEffect(effects, statement, this.requestNow);
    }
  }

  /** Adds what a policy within a resource group makes of the question. */
  weighScoped(unit: PolicyUnit, resourceGroupId: string, effects: Effects): void {
    const own = noEffects();
    this.weigh(unit, own);
    if (own.bits === 0) return;
    const isReached = reachesScope({ resourceGroupId }, this.requestNow());
    if (isReached === false) return;
    joinEffects(effects, isReached === undefined ? uncertain(own) : own);
  }

  /** The verdict that effects add up to, all layers considered. */
  verdictOfEffects(effects: Effects): Verdict | undefined {
    this.passage ??= this.findPassage();
    if (this.passage === "PASSED") return verdictOfEffects(effects, this.isForeign);
    return this.passage === "OPEN" || (effects.bits & ASK) !== 0 ? undefined : this.passage;
  }

  /** Control policies bind everybody alike, unless one names single principals. */
  private findPassage(): Passage {
    const { snapshot, question, caller } = this;
    if (snapshot.controlLevels.size === 0 || this.isServiceLinked) return "PASSED";
    const request = this.requestNow();
    const { bounds } = layersFor(snapshot, { caller, identity: [] }, question, request);
    if (bounds.length === 0) return "PASSED";
    if (bounds.some(({ grants }) => grants.some(namesCallers))) return "OPEN";
    const { allowed, denied, unreadableValues } = decide(
      { ...request, isForeign: false },
      { bounds, identity: "EXEMPT" },
    );
    if (unreadableValues.length > 0) return "OPEN";
    if (allowed === TRUE) return "PASSED";
    if (denied === TRUE) return "EXPLICIT_DENY";
    return allowed === FALSE && denied === FALSE ? "IMPLICIT_DENY" : "OPEN";
  }
}

const ANYBODY: Caller = { kind: "USER" };
