import { Field, ObjectType } from "type-graphql";
import { principalArn } from "../grants/arn-of.js";
import type { Snapshot } from "../grants/snapshot.js";
import { groupKey } from "../inventory/keys.js";
import type { Group } from "../inventory/principal.js";
import { connectionType } from "./connection.js";
import { NodeType } from "./node.type.js";
import { ArnScalar } from "./scalars.js";

@ObjectType("Group", {
  simpleResolvers: true,
  implements: NodeType,
  description: "A group of users. It carries policies for its members and never acts itself.",
})
export class GroupType extends NodeType {
  constructor(
    snapshot: Snapshot,
    readonly row: Group,
  ) {
    super(snapshot, groupKey(row.accountId, row.name));
  }

  @Field(() => ArnScalar, { description: "ARN in RAM." })
  get arn(): string {
    return principalArn("group", this.row.accountId, this.row.name);
  }

  @Field(() => String, { description: "Name, unique in its account; RAM ignores the letter case." })
  get name(): string {
    return this.row.name;
  }
}

export const GroupConnection = connectionType("Group", () => GroupType);
