import { Field, ID, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { Key } from "../inventory/keys.js";
import { connectionType } from "./connection.js";
import { NodeType } from "./node.type.js";
import { DateTimeScalar } from "./scalars.js";

/** A state that is known by its revision and read only when somebody wants to see into it. */
export interface PastState {
  readonly revision: string;
  readonly committedAt: string;
  readonly load: () => Promise<Snapshot>;
}

@ObjectType("Snapshot", {
  simpleResolvers: true,
  implements: NodeType,
  description: "The state of all facts at one revision.",
})
export class SnapshotType extends NodeType {
  /** @param past the state meant, when it is not that of `snapshot` but one that is listed from there */
  constructor(
    snapshot: Snapshot,
    readonly past?: PastState,
  ) {
    super(snapshot, past === undefined ? snapshotKey(snapshot) : `snapshot:${past.revision}`);
  }

  /** The state meant, read if need be. */
  async load(): Promise<Snapshot> {
    return this.past === undefined ? this.snapshot : await this.past.load();
  }

  @Field(() => ID, {
    description: "Grows with every change. Opaque; give it as `at.revision` to ask again about the same state.",
  })
  get revision(): string {
    return (this.past ?? this.snapshot).revision;
  }

  @Field(() => DateTimeScalar, { description: "When this state was stored." })
  get committedAt(): string {
    return (this.past ?? this.snapshot).committedAt;
  }

  @Field(() => Boolean, { description: "True when unstored changes are part of it." })
  get isHypothetical(): boolean {
    return this.past === undefined && this.snapshot.hypothesis !== undefined;
  }
}

/** A supposed state is another one than the stored one that it was made from. */
export function snapshotKey({ revision, hypothesis }: Snapshot): Key {
  return hypothesis === undefined ? `snapshot:${revision}` : `snapshot:${revision}:${hypothesis.sha256}`;
}

export const SnapshotConnection = connectionType("Snapshot", () => SnapshotType);
