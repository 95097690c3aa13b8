import { Field, ID, InputType } from "type-graphql";
import { SnapshotInput } from "../../graphql/snapshot.input.js";

@InputType("AccessScopeInput", {
  description: "One side of a comparison: a state of the world, and in it one principal or everybody.",
})
export class AccessScopeInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "Global id or ARN of a user or role. Given on one side only, it is the same one on both; on neither, everybody.",
  })
  readonly principal?: string | null;

  @Field(() => SnapshotInput, { nullable: true, description: "Which state; left out, the newest." })
  readonly at?: SnapshotInput | null;
}
