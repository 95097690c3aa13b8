import { Field, Int, ObjectType } from "type-graphql";
import { type CompiledPrincipal, compileRole } from "../grants/compiled-principal.js";
import type { Snapshot } from "../grants/snapshot.js";
import type { Role } from "../inventory/principal.js";
import { connectionType } from "./connection.js";
import { NodeType } from "./node.type.js";
import { plainJson } from "./plain-json.js";
import { PrincipalType } from "./principal.type.js";
import { JsonScalar } from "./scalars.js";

@ObjectType("Role", {
  simpleResolvers: true,
  implements: [NodeType, PrincipalType],
  description: "A role of RAM: an identity that users, services or other accounts put on.",
})
export class RoleType extends PrincipalType {
  constructor(snapshot: Snapshot, role: Role | CompiledPrincipal) {
    super(snapshot, "key" in role ? role : compileRole(role));
  }

  /** Looked up when it is read: lists mostly show what is known without it. */
  get row(): Role {
    const row = this.snapshot.roles.get(this.key);
    if (row === undefined) throw new Error(`there is no role \`${this.key}\``);
    return row;
  }

  @Field(() => String, { nullable: true, description: "RAM's own id of the role; null where no account was imported." })
  get roleId(): string | undefined {
    return this.row.roleId;
  }

  @Field(() => String, { nullable: true, description: "What its owner wrote about it." })
  get description(): string | undefined {
    return this.row.description;
  }

  @Field(() => JsonScalar, {
    nullable: true,
    description: "Document that says who may assume the role; its text where it is no JSON.",
  })
  get trustPolicy(): unknown {
    return this.row.trustPolicy === undefined ? undefined : plainJson(this.row.trustPolicy);
  }

  @Field(() => Int, { nullable: true, description: "Longest session in seconds." })
  get maxSessionDuration(): number | undefined {
    return this.row.maxSessionDuration;
  }
}

export const RoleConnection = connectionType("Role", () => RoleType);
