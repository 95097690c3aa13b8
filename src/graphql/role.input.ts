import { Field, ID, InputType } from "type-graphql";
import { enumType } from "./enum-type.js";
import { type OrderDirection, OrderDirectionEnum } from "./order-direction.js";

@InputType("RoleFilters", { description: "Narrows a list of roles; all that is given must hold." })
export class RoleFilters {
  @Field(() => Boolean, { nullable: true, description: "Only roles that a cloud service owns, or only others." })
  readonly isServiceLinked?: boolean | null;

  @Field(() => String, { nullable: true, description: "Only roles of this service principal; letter case ignored." })
  readonly serviceName?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "Only roles of these accounts; `catalog` for those that the documentation describes.",
  })
  readonly accountIds?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: "Only roles whose name holds this text; letter case ignored." })
  readonly nameContains?: string | null;

  @Field(() => ID, { nullable: true, description: "Only roles that carry this policy, by global id or ARN." })
  readonly attachedPolicy?: string | null;
}

const RoleOrderFieldEnum = enumType<"NAME">("RoleOrderField", "What a list of roles is sorted by.", {
  NAME: "The name, in byte order.",
});

@InputType("RoleOrder", { description: "The order of a list of roles." })
export class RoleOrder {
  @Field(() => RoleOrderFieldEnum, { description: "What to sort by." })
  readonly field: "NAME";

  @Field(() => OrderDirectionEnum, { description: "Which way." })
  readonly direction: OrderDirection;
}
