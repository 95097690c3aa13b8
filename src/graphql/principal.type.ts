import { Field, InterfaceType } from "type-graphql";
import type { CompiledPrincipal } from "../grants/compiled-principal.js";
import type { Snapshot } from "../grants/snapshot.js";
import { NodeType } from "./node.type.js";
import { ArnScalar } from "./scalars.js";

@InterfaceType("Principal", {
  description: "Someone who can act and be granted permissions: a user or a role.",
  implements: NodeType,
})
export abstract class PrincipalType extends NodeType {
  /** Digits, or `catalog`. */
  readonly accountId: string;

  constructor(
    snapshot: Snapshot,
    private readonly compiled: CompiledPrincipal,
  ) {
    super(snapshot, compiled.key);
    this.accountId = compiled.accountId;
    this.name = compiled.name;
  }

  @Field(() => String, { description: "Name, unique in its account; RAM ignores the letter case." })
  readonly name: string;

  @Field(() => ArnScalar, {
    description: "ARN in RAM. A role of the documentation has `*` for the account, for it may stand in any.",
  })
  get arn(): string {
    return this.compiled.arn;
  }
}
