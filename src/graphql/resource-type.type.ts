import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { ResourceType } from "../inventory/catalog.js";
import { resourceTypeKey } from "../inventory/keys.js";
import { NodeType } from "./node.type.js";

@ObjectType("ResourceType", {
  simpleResolvers: true,
  implements: NodeType,
  description: "A kind of thing that actions of a service work on.",
})
export class ResourceTypeType extends NodeType {
  constructor(
    snapshot: Snapshot,
    readonly row: ResourceType,
  ) {
    super(snapshot, resourceTypeKey(row.service, row.name));
  }

  @Field(() => String, { description: "Name as the documentation writes it, e.g. `Instance`." })
  get name(): string {
    return this.row.name;
  }

  @Field(() => String, { description: "Form of its ARNs, with placeholders as the documentation writes them." })
  get arnTemplate(): string {
    return this.row.arnTemplate;
  }
}

@ObjectType("OperationResource", {
  simpleResolvers: true,
  description: "A resource that an API operation takes.",
})
export class OperationResourceType {
  @Field(() => ResourceTypeType, {
    nullable: true,
    description: "Kind of the resource; null where the operation knows no single resources, only all of them.",
  })
  readonly resourceType: ResourceTypeType | undefined;

  @Field(() => String, { description: "Form of the ARN to write in a policy; `*` for all resources." })
  readonly arnTemplate: string;

  @Field(() => Boolean, { description: "True when every call names such a resource." })
  readonly isRequired: boolean;
}
