import { Field, ID, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { Key } from "../inventory/keys.js";
import { NodeType } from "./node.type.js";
import { DateTimeScalar } from "./scalars.js";

@ObjectType("Snapshot", {
  simpleResolvers: true,
  implements: NodeType,
  description: "The state of all facts at one revision.",
})
export class SnapshotType extends NodeType {
  constructor(snapshot: Snapshot) {
    super(snapshot, snapshotKey(snapshot));
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
  get isHypothetical(): boolean {
    return this.snapshot.hypothesis !== undefined;
  }
}

/** A supposed state is another one than the stored one that it was made from. */
export function snapshotKey({ revision, hypothesis }: Snapshot): Key {
  return hypothesis === undefined ? `snapshot:${revision}` : `snapshot:${revision}:${hypothesis.sha256}`;
}
