import { Field, ID, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import { NodeType } from "./node.type.js";
import { DateTimeScalar } from "./scalars.js";

@ObjectType("Snapshot", {
  simpleResolvers: true,
  implements: NodeType,
  description: "The state of all facts at one revision.",
})
export class SnapshotType extends NodeType {
  constructor(snapshot: Snapshot) {
    super(snapshot, `snapshot:${snapshot.revision}`);
  }

  @Field(() => ID, {
    description: "Grows with every change. Opaque; give it as `at.revision` to ask again about the same state.",
  })
  get revision(): string {
    return this.snapshot.revision;
  }

  @Field(() => DateTimeScalar, { description: "When this state was stored." })
  get committedAt(): string {
    return this.snapshot.committedAt;
  }

  @Field(() => Boolean, { description: "True when unstored changes are part of it." })
  readonly isHypothetical: boolean = false;
}
