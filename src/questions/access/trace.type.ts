import { Field, ObjectType } from "type-graphql";
import { connectionType } from "../../graphql/connection.js";
import type { Check, CheckReason, MatchOutcome, StatementElement } from "../../policy/check.js";
import type { PolicyLayer } from "../../policy/grant.js";
import { CheckReasonEnum, MatchOutcomeEnum, PolicyLayerEnum, StatementElementEnum } from "./access-enums.type.js";
import type { Decision } from "./decision.js";
import type { TraceEntry } from "./explain-access.js";

@ObjectType("Check", { simpleResolvers: true, description: "One element of a statement held against the request." })
export class CheckType {
  @Field(() => StatementElementEnum, { description: "The element." })
  readonly element: StatementElement;

  @Field(() => MatchOutcomeEnum, { description: "Whether it applies." })
  readonly outcome: MatchOutcome;

  @Field(() => CheckReasonEnum, { description: "Why." })
  readonly reason: CheckReason;

  @Field(() => String, { description: "Text in the policy that was compared." })
  readonly pattern: string;

  @Field(() => String, { nullable: true, description: "Value in the request; null when unknown or absent." })
  readonly value?: string;

  @Field(() => String, { nullable: true, description: "The condition key, for conditions." })
  readonly key?: string;

  @Field(() => String, { nullable: true, description: "The condition operator, for conditions." })
  readonly operator?: string;

  constructor(check: Check) {
    Object.assign(this, check);
  }
}

@ObjectType("TraceEntry", {
  simpleResolvers: true,
  description: "A statement that was looked at, and how it compared.",
})
export class TraceEntryType {
  constructor(
    readonly decision: Decision,
    readonly entry: TraceEntry,
  ) {}

  @Field(() => PolicyLayerEnum, { description: "The layer that the statement belongs to." })
  get layer(): PolicyLayer {
    return this.entry.grant.layer;
  }

  @Field(() => MatchOutcomeEnum, { description: "Whether the statement applies." })
  get outcome(): MatchOutcome {
    return this.entry.outcome;
  }

  @Field(() => [CheckType], { description: "One check for each element, and for each key of its condition." })
  get checks(): readonly CheckType[] {
    return this.entry.checks.map((check) => new CheckType(check));
  }
}

export const TraceEntryConnection = connectionType("TraceEntry", () => TraceEntryType);
