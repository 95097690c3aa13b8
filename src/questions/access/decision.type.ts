import { Field, ID, ObjectType } from "type-graphql";
import type { Verdict } from "../../policy/decide.js";
import { VerdictEnum } from "./access-enums.type.js";
import type { Decision } from "./decision.js";

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
