import { Field, ObjectType } from "type-graphql";
import { type CompiledPrincipal, compileUser } from "../grants/compiled-principal.js";
import type { Snapshot } from "../grants/snapshot.js";
import type { User } from "../inventory/principal.js";
import { connectionType } from "./connection.js";
import { NodeType } from "./node.type.js";
import { PrincipalType } from "./principal.type.js";

@ObjectType("User", {
  simpleResolvers: true,
  implements: [NodeType, PrincipalType],
  description: "A RAM user of an account: a person or a program with credentials of its own.",
})
export class UserType extends PrincipalType {
  constructor(snapshot: Snapshot, user: User | CompiledPrincipal) {
    super(snapshot, "key" in user ? user : compileUser(user));
  }

  /** Looked up when it is read: lists mostly show what is known without it. */
  get row(): User {
    const row = this.snapshot.users.get(this.key);
    if (row === undefined) throw new Error(`there is no user \`${this.key}\``);
    return row;
  }

  @Field(() => String, {
    nullable: true,
    description: "RAM's own id of the user, by which bucket policies name users.",
  })
  get userId(): string | undefined {
    return this.row.userId;
  }
}

export const UserConnection = connectionType("User", () => UserType);
