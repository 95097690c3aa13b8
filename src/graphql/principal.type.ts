import { Field, InterfaceType } from "type-graphql";
import { principalArn } from "../grants/arn-of.js";
import type { Snapshot } from "../grants/snapshot.js";
import type { Key } from "../inventory/keys.js";
import { NodeType } from "./node.type.js";
import { ArnScalar } from "./scalars.js";

@InterfaceType("Principal", {
  description: "Someone who can act and be granted permissions: a user or a role.",
  implements: NodeType,
})
export abstract class PrincipalType extends NodeType {
  constructor(
    snapshot: Snapshot,
    key: Key,
    private readonly kind: "user" | "role",
    /** Digits, or `catalog`. */
    readonly accountId: string,
    name: string,
  ) {
    super(snapshot, key);
    this.name = name;
  }

  @Field(() => String, { description: "Name, unique in its account; RAM ignores the letter case." })
  readonly name: string;

  @Field(() => ArnScalar, {
    description: "ARN in RAM. A role of the documentation has `*` for the account, for it may stand in any.",
  })
  get arn(): string {
    return principalArn(this.kind, this.accountId, this.name);
  }
}
