import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import { userKey } from "../inventory/keys.js";
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
  constructor(
    snapshot: Snapshot,
    readonly row: User,
  ) {
    super(snapshot, userKey(row.accountId, row.name), "user", row.accountId, row.name);
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
