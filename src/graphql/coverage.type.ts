import { Field, ObjectType } from "type-graphql";
import type { Gap, GapReason } from "../inventory/source.js";
import { CoverageGapReasonEnum } from "./meta-enums.js";

@ObjectType("CoverageGap", { simpleResolvers: true, description: "A kind of fact that was not seen." })
export class CoverageGapType {
  constructor(private readonly gap: Gap) {}

  @Field(() => CoverageGapReasonEnum, { description: "What kind of gap." })
  get reason(): GapReason {
    return this.gap.reason;
  }

  @Field(() => String, { description: "What is missing: an account id, a policy name, a service code." })
  get subject(): string {
    return this.gap.subject;
  }

  @Field(() => String, { description: "The gap in one plain sentence." })
  get detail(): string {
    return this.gap.detail;
  }
}

@ObjectType("Coverage", {
  simpleResolvers: true,
  description: "How far answers can be trusted to tell the whole truth.",
})
export class CoverageType {
  constructor(gaps: readonly Gap[]) {
    this.gaps = gaps.map((gap) => new CoverageGapType(gap));
  }

  @Field(() => [CoverageGapType], { description: "What was not seen." })
  readonly gaps: readonly CoverageGapType[];

  @Field(() => Boolean, { description: "True when there is no gap." })
  get isComplete(): boolean {
    return this.gaps.length === 0;
  }
}
