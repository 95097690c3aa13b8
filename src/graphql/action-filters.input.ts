import { Field, InputType } from "type-graphql";
import type { AccessLevel } from "../inventory/catalog.js";
import { AccessLevelEnum } from "./catalog-enums.js";

@InputType("ActionFilters", { description: "Narrows a list of actions; all that is given must hold." })
export class ActionFilters {
  @Field(() => [String], { nullable: true, description: "Only actions of these services, by RAM code." })
  readonly services?: readonly string[] | null;

  @Field(() => [AccessLevelEnum], { nullable: true, description: "Only actions that have one of these levels." })
  readonly accessLevels?: readonly AccessLevel[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Only actions that work on this resource type: `ecs:SecurityGroup`, or the bare name in any service.",
  })
  readonly resourceType?: string | null;

  @Field(() => String, { nullable: true, description: "Only actions whose operations know this condition key." })
  readonly conditionKey?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Only actions that an authorization page lists, or only others.",
  })
  readonly isDocumented?: boolean | null;
}
