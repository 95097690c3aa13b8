import { Field, ID, InterfaceType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { Key } from "../inventory/keys.js";
import { encodeId } from "./global-id.js";

/** A thin view of one fact: its snapshot and its natural key. Cheap to make; relations are added by resolvers. */
@InterfaceType("Node", { description: "Anything that has a global id and can be asked for again with `node`." })
export abstract class NodeType {
  constructor(
    readonly snapshot: Snapshot,
    readonly key: Key,
  ) {}

  @Field(() => ID, { description: "Global id. Opaque: keep it and hand it back, never take it apart." })
  get id(): string {
    return encodeId(this.key);
  }
}
