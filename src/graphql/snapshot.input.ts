import { Field, ID, InputType } from "type-graphql";
import { ChangeInput } from "./change.input.js";
import { DateTimeScalar } from "./scalars.js";

@InputType("SnapshotInput", {
  description:
    "Which state of the world a question is about: `revision` pins, `asOf` looks back, `changes` asks what if. Left out or empty: the newest one.",
})
export class SnapshotInput {
  @Field(() => ID, { nullable: true, description: "This very revision, as some answer named it." })
  readonly revision?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "The revision that held at this instant." })
  readonly asOf?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The newest, but at least this one; waits up to five seconds for it.",
  })
  readonly minRevision?: string | null;

  @Field(() => [ChangeInput], {
    nullable: true,
    description:
      "What if: at most 100 edits, made in order to a private copy of the state that the other fields choose. Nothing is stored.",
  })
  readonly changes?: readonly ChangeInput[] | null;
}
