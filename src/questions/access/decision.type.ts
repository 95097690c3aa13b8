import { Field, ID, ObjectType } from "type-graphql";
import { FindingType } from "../../graphql/finding.type.js";
import type { Verdict } from "../../policy/decide.js";
import type { PolicyLayer } from "../../policy/grant.js";
import { PolicyLayerEnum, VerdictEnum } from "./access-enums.type.js";
import { ConditionSetType } from "./condition.type.js";
import type { Decision } from "./decision.js";
import { sentenceOf } from "./sentence.js";

@ObjectType("Decision", {
  simpleResolvers: true,
  description:
    "The answer to one question about one principal. What explains it is worked out only when it is selected.",
})
export class DecisionType {
  constructor(readonly decision: Decision) {}

  @Field(() => VerdictEnum, { description: "The answer in one word." })
  get verdict(): Verdict {
    return this.decision.verdict;
  }

  @Field(() => ConditionSetType, { description: "What must hold for the verdict to be ALLOWED." })
  get condition(): ConditionSetType {
    return new ConditionSetType(this.decision.snapshot, this.decision.ruling.solution);
  }

  @Field(() => [PolicyLayerEnum], { description: "The layers that said no, in order of evaluation." })
  get blockedBy(): readonly PolicyLayer[] {
    return this.decision.ruling.blockedBy;
  }

  @Field(() => String, { description: "One plain sentence, made from the trace." })
  get sentence(): string {
    return sentenceOf(this.decision);
  }

  @Field(() => [FindingType], { description: "What to know before relying on the answer." })
  get warnings(): readonly FindingType[] {
    return this.decision.warnings().map((finding) => new FindingType(this.decision.snapshot, finding));
  }

  @Field(() => String, { description: "The action, set of actions or operation that was asked about." })
  get actionName(): string {
    return this.decision.question.actions.text;
  }

  @Field(() => String, { description: "The resource or set of resources that was asked about." })
  get resourcePattern(): string {
    return this.decision.question.resource.text;
  }

  @Field(() => ID, { description: "The revision that the answer holds for." })
  get revision(): string {
    return this.decision.snapshot.revision;
  }
}
