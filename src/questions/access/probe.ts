import { namesCallers } from "../../grants/names-callers.js";
import { DIGEST_SIZE, type PolicyTable } from "../../grants/policy-table.js";
import type { PolicyUnit } from "../../grants/policy-units.js";
import type { ReachBuffer } from "../../grants/reach.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { unitAt } from "../../grants/unit-at.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
import type { RequestResource } from "../../policy/arn.js";
import type { Caller } from "../../policy/caller.js";
import type { Context } from "../../policy/conditions/context.js";
import { type Bound, decide, rule, type Verdict } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";
import { FALSE, TRUE } from "../../policy/logic/formula.js";
import { reachesScope } from "../../policy/match-statement.js";
import {
  ASK,
  addEffect,
  type ContextSource,
  type Effects,
  joinEffects,
  noEffects,
  uncertain,
} from "../../policy/prepared/effects.js";
import { mayCover, mayReach, type PreparedStatement } from "../../policy/prepared/prepared-statement.js";
import { COVERS_OTHERS } from "../../policy/prepared/statement-digest.js";
import { verdictOfEffects } from "../../policy/prepared/verdict-of-effects.js";
import type { GroupMembership, PointRequest } from "../../policy/request.js";
import type { AccessQuestion } from "./access-question.js";
import { inOwnAccount, isForeign, mayBeKnown } from "./known-context.js";
import { layersFor } from "./layers-for.js";
import type { PlainQuestion } from "./plain-question.js";
import { groupOf, requestOf } from "./request-of.js";

/**
 * What the layers before the identity policies say to everybody of an account. `OPEN`: it hangs on conditions or on what cannot be
 * read. `ASK`: it is about single principals, or the question has to be refused.
 */
export type Passage = "PASSED" | "EXPLICIT_DENY" | "IMPLICIT_DENY" | "OPEN" | "ASK";

/**
 * A plain question as the principals of one account ask it, of whom nothing else matters. It weighs prepared policies and names
 * the verdict where that is certain; what it leaves undefined is the judge's.
 */
export class Probe implements ContextSource {
  // What every decision reads comes first and is copied from the question, so that it lies together: each look at another object is one
  // at memory that the last decision may have put out of the processor's reach.
  declare readonly accountId: string;
  declare readonly isServiceLinked: boolean;
  declare private readonly serviceBit: number;
  declare private readonly otherServiceBit: number;
  declare private readonly resourceServiceBit: number;
  declare private passed: Passage | undefined;
  /** The resource is another account's, which no Allow of an identity policy reaches. */
  declare readonly isForeign: boolean;
  declare private readonly snapshot: Snapshot;
  /** As those of the account mean it. */
  declare readonly resource: RequestResource;
  declare private readonly question: AccessQuestion;
  declare private readonly plain: PlainQuestion;
  declare private whole: PointRequest | undefined;
  declare private group: GroupMembership | undefined;

  /** @param isServiceLinked no control policy binds those whom it is about */
  constructor(
    snapshot: Snapshot,
    question: AccessQuestion,
    plain: PlainQuestion,
    accountId: string,
    isServiceLinked: boolean,
  ) {
    const { action, resource, resourceServiceBit } = plain;
    const owner = resource.segments?.[3];
    const isOwn = owner === undefined || owner === accountId;
    const caller = callerOf(accountId);
    this.accountId = accountId;
    this.isServiceLinked = isServiceLinked;
    this.serviceBit = action.serviceBit;
    this.otherServiceBit = action.otherServiceBit;
    this.resourceServiceBit = resourceServiceBit;
    this.passed = snapshot.controlLevels.size === 0 || isServiceLinked ? "PASSED" : undefined;
    const meant = isOwn ? resource : inOwnAccount(snapshot, resource, caller);
    this.isForeign = !isOwn && isForeign(meant, caller);
    this.snapshot = snapshot;
    this.resource = meant;
    this.question = question;
    this.plain = plain;
    this.whole = undefined;
    this.group = undefined;
  }

  leavesOpen(foldedKey: string): boolean {
    const { mode, entries } = this.question.context;
    return (
      mode === "OPEN" && !entries.has(foldedKey) && !mayBeKnown(this.snapshot, this.plain.action.folded, foldedKey)
    );
  }

  context(): Context {
    return this.request().context;
  }

  /** The whole request, which only few conditions and control policies need. */
  private request(): PointRequest {
    const { snapshot, question, plain } = this;
    this.whole ??= requestOf(snapshot, callerOf(this.accountId), question, plain.action.name, plain.resource);
    return this.whole;
  }

  /** The verdict for a principal whom these policies reach, as many as counted; undefined where only the judge can tell. */
  verdictOf({ policies, scopes }: ReachBuffer, count: number): Verdict | undefined {
    const effects = noEffects();
    for (let at = 0; at < count; at++) {
      const [unit, scope] = [unitAt(this.snapshot, policies[at] ?? 0), scopes[at] ?? 0];
      if (unit === undefined) continue;
      if (scope === 0) this.weigh(unit, effects);
      else this.weighScoped(unit, this.snapshot.reach.scopeName(scope), effects);
    }
    return this.verdictOfEffects(effects);
  }

  /** The same by numbers, wherever these settle it. */
  verdictByTable(table: PolicyTable, { policies, scopes }: ReachBuffer, count: number): Verdict | undefined {
    const effects = noEffects();
    const { services } = table;
    const { serviceBit } = this;
    for (let at = 0; at < count; at++) {
      const policy = policies[at] ?? 0;
      if (((services[policy] ?? 0) & serviceBit) === 0) continue;
      const scope = scopes[at] ?? 0;
      if (scope === 0) this.weighListed(table, policy, effects);
      else this.weighScopedPolicy(table, policy, scope, effects);
    }
    return this.verdictOfEffects(effects);
  }

  /** As `weigh` does, by numbers wherever these settle it. */
  private weighListed(table: PolicyTable, policy: number, effects: Effects): void {
    const { serviceBit, otherServiceBit, resourceServiceBit } = this;
    table.look(policy);
    const { bounds, digests } = table;
    const end = bounds[policy * 2 + 1] ?? 0;
    for (let number = bounds[policy * 2] ?? 0; number < end; number++) {
      const at = number * DIGEST_SIZE;
      const otherwise = digests[at + 3] ?? 0;
      const isOwn = ((digests[at] ?? 0) & serviceBit) !== 0 && ((digests[at + 1] ?? 0) & otherServiceBit) !== 0;
      if (!isOwn && (otherwise & COVERS_OTHERS) === 0) continue;
      if (((digests[at + 2] ?? 0) & resourceServiceBit) === 0) continue;
      const settled = isOwn ? 0 : otherwise & ~COVERS_OTHERS;
      if (settled !== 0) effects.bits |= settled;
      else this.weighStatement(table.statements[number], effects);
    }
  }

  private weighStatement(statement: PreparedStatement | undefined, effects: Effects): void {
    const { nameBit, folded } = this.plain.action;
    if (statement === undefined) return;
    if (mayCover(statement, folded, nameBit) && mayReach(statement, this.resource)) addEffect(effects, statement, this);
  }

  private weighScopedPolicy(table: PolicyTable, policy: number, scope: number, effects: Effects): void {
    const own = noEffects();
    this.weighListed(table, policy, own);
    if (own.bits !== 0) joinEffects(effects, this.within(own, this.snapshot.reach.scopeName(scope)));
  }

  /** Adds what a policy at account scope makes of the question. */
  weigh({ services, statements }: PolicyUnit, effects: Effects): void {
    const { serviceBit } = this;
    if ((services & serviceBit) === 0) return;
    for (let at = 0; at < statements.length; at++) {
      const statement = statements[at];
      if (statement !== undefined && (statement.services & serviceBit) !== 0) this.weighStatement(statement, effects);
    }
  }

  /**
   * What a statement that covers the action makes of the question at account scope; not to be changed.
   * @param whenOpen what it makes of it when all that it tests is open; undefined where it tests nothing
   */
  effectsOf(statement: PreparedStatement, whenOpen: Effects | undefined): Effects {
    if (!mayReach(statement, this.resource)) return NOTHING;
    if (whenOpen !== undefined && this.leavesAllOpen(statement)) return whenOpen;
    const effects = noEffects();
    addEffect(effects, statement, this);
    return effects;
  }

  private leavesAllOpen({ tests }: PreparedStatement): boolean {
    for (let at = 0; at < tests.length; at++) {
      const test = tests[at];
      if (test !== undefined && !this.leavesOpen(test.foldedKey)) return false;
    }
    return true;
  }

  /** Adds what a policy within a resource group makes of the question. */
  weighScoped(unit: PolicyUnit, resourceGroupId: string, effects: Effects): void {
    const own = noEffects();
    this.weigh(unit, own);
    if (own.bits !== 0) joinEffects(effects, this.within(own, resourceGroupId));
  }

  /** What statements make of the question where they count only within a resource group. */
  within(effects: Effects, resourceGroupId: string): Effects {
    const isReached = reachesScope({ resourceGroupId }, { resourceGroup: this.membership() });
    if (isReached === undefined) return uncertain(effects);
    return isReached ? effects : noEffects();
  }

  /** Which resource group the resource is in. */
  membership(): GroupMembership {
    this.group ??= groupOf(this.snapshot, this.question.context, this.resource);
    return this.group;
  }

  /** The verdict that effects add up to, all layers considered. */
  verdictOfEffects(effects: Effects): Verdict | undefined {
    const passage = this.passage();
    if (passage === "PASSED") return verdictOfEffects(effects, this.isForeign);
    return passage === "OPEN" || passage === "ASK" || (effects.bits & ASK) !== 0 ? undefined : passage;
  }

  /** The judge's verdict for somebody of the account whom these statements reach, none of which names single principals. */
  judgedVerdict(grants: readonly Grant[]): Verdict {
    return rule(decide(this.request(), { bounds: this.bounds(), identity: grants })).verdict;
  }

  /** What the layers before the identity policies say. */
  passage(): Passage {
    this.passed ??= this.findPassage();
    return this.passed;
  }

  private bounds(): readonly Bound[] {
    const { snapshot, question } = this;
    if (this.isServiceLinked) return [];
    const request = this.request();
    return layersFor(snapshot, { caller: request.caller, identity: [] }, question, request).bounds;
  }

  /** Control policies bind everybody alike, unless one names single principals. */
  private findPassage(): Passage {
    const bounds = this.bounds();
    if (bounds.length === 0) return "PASSED";
    if (bounds.some(({ grants }) => grants.some(namesCallers))) return "ASK";
    const { allowed, denied, unreadableValues } = decide(
      { ...this.request(), isForeign: false },
      { bounds, identity: "EXEMPT" },
    );
    if (unreadableValues.length > 0) return "ASK";
    if (allowed === TRUE) return "PASSED";
    if (denied === TRUE) return "EXPLICIT_DENY";
    return allowed === FALSE && denied === FALSE ? "IMPLICIT_DENY" : "OPEN";
  }
}

const ANYBODY: Caller = { kind: "USER" };

function callerOf(accountId: string): Caller {
  return accountId === CATALOG_ACCOUNT ? ANYBODY : { kind: "USER", accountId };
}

const NOTHING = noEffects();
