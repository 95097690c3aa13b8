import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { AccessLevel, Operation } from "../inventory/catalog.js";
import { operationKey } from "../inventory/keys.js";
import { AccessLevelEnum } from "./catalog-enums.js";
import { connectionType } from "./connection.js";
import { NodeType } from "./node.type.js";

@ObjectType("ApiOperation", {
  simpleResolvers: true,
  implements: NodeType,
  description:
    "A call of a service's API together with one action that it needs. A call that needs several actions stands here once for each.",
})
export class ApiOperationType extends NodeType {
  constructor(
    snapshot: Snapshot,
    readonly row: Operation,
  ) {
    super(snapshot, operationKey(row.service, row.name, row.action));
  }

  @Field(() => String, { description: "Name of the call, e.g. `ListGroupId`." })
  get name(): string {
    return this.row.name;
  }

  @Field(() => AccessLevelEnum, { description: "What kind of access this call is." })
  get accessLevel(): AccessLevel {
    return this.row.accessLevel;
  }
}

export const ApiOperationConnection = connectionType("ApiOperation", () => ApiOperationType);
