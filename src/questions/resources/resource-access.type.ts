import { Field, ID, ObjectType } from "type-graphql";
import { type Connection, connectionType } from "../../graphql/connection.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { ArnScalar } from "../../graphql/scalars.js";
import { DecisionType } from "../access/decision.type.js";
import type { ReachableResource } from "./reachable-resources.js";

@ObjectType("ResourceTag", { simpleResolvers: true, description: "A tag that a resource is known to carry." })
export class ResourceTagType {
  @Field(() => String, { description: "Its key." })
  readonly key: string;

  @Field(() => String, { description: "Its value; may be empty." })
  readonly value: string;
}

@ObjectType("ResourceAccess", { simpleResolvers: true, description: "A known resource and the decision about it." })
export class ResourceAccessType {
  constructor(private readonly row: ReachableResource) {}

  @Field(() => ArnScalar, { description: "Its ARN; the region is `*` where no import says it." })
  get arn(): string {
    return this.row.resource.text;
  }

  @Field(() => String, { nullable: true, description: "Id of its resource group; null where it is not known." })
  get resourceGroupId(): string | undefined {
    const group = this.row.decision.snapshot.groupIndex.membershipOf(this.row.resource);
    return typeof group === "object" ? group.id : undefined;
  }

  @Field(() => [ResourceTagType], { description: "Tags that it is known to carry." })
  get tags(): readonly ResourceTagType[] {
    return this.row.decision.snapshot.tagsOf(this.row.resource);
  }

  @Field(() => DecisionType, { description: "The decision about this resource." })
  get decision(): DecisionType {
    return new DecisionType(this.row.decision);
  }
}

@ObjectType("ResourceAccessConnection", {
  simpleResolvers: true,
  description: "A page of known resources, with what the answer could not see.",
})
export class ResourceAccessConnection extends connectionType("ResourceAccess", () => ResourceAccessType) {
  @Field(() => CoverageType, {
    description: "What was not seen and could have changed the answer; always that other resources may exist.",
  })
  readonly coverage: CoverageType;

  @Field(() => ID, { description: "The revision that the answer holds for." })
  readonly revision: string;
}

/** What the resolvers fill the connection with. */
export interface ResourceAccessPage extends Connection<ResourceAccessType> {
  readonly coverage: CoverageType;
  readonly revision: string;
}
