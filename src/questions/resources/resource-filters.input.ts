import { Field, InputType } from "type-graphql";
import type { Verdict } from "../../policy/decide.js";
import { VerdictEnum } from "../access/access-enums.type.js";

@InputType("ResourceFilters", { description: "Which resources to list; what is left out does not narrow." })
export class ResourceFilters {
  @Field(() => [VerdictEnum], {
    nullable: true,
    description: "Resources with one of these verdicts; left out, everything that is not a plain no.",
  })
  readonly verdicts?: readonly Verdict[] | null;

  @Field(() => [String], { nullable: true, description: "Resources that one of these accounts owns." })
  readonly accountIds?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: "Resources whose ARN holds this text; letter case ignored." })
  readonly arnContains?: string | null;
}
