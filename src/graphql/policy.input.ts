import { Field, InputType } from "type-graphql";
import type { PolicyType } from "../inventory/policy.js";
import { enumType } from "./enum-type.js";
import { type OrderDirection, OrderDirectionEnum } from "./order-direction.js";
import { PolicyTypeEnum } from "./policy-enums.js";

@InputType("PolicyFilters", { description: "Narrows a list of policies; all that is given must hold." })
export class PolicyFilters {
  @Field(() => [PolicyTypeEnum], { nullable: true, description: "Only policies of these types." })
  readonly types?: readonly PolicyType[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Only policies of these accounts; `catalog` for those that belong to the cloud.",
  })
  readonly accountIds?: readonly string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Only policies whose name holds this text; letter case ignored.",
  })
  readonly nameContains?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Only policies with an Allow statement that covers this action, wildcards considered.",
  })
  readonly grantsAction?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Only policies attached to somebody, or only others." })
  readonly isAttached?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Only policies that the provider warns against, or only others.",
  })
  readonly isHighRisk?: boolean | null;
}

export type PolicyOrderField = "NAME" | "ATTACHMENT_COUNT";

const PolicyOrderFieldEnum = enumType<PolicyOrderField>("PolicyOrderField", "What a list of policies is sorted by.", {
  NAME: "The name, in byte order.",
  ATTACHMENT_COUNT: "How often it is attached; policies attached equally often by name.",
});

@InputType("PolicyOrder", { description: "The order of a list of policies." })
export class PolicyOrder {
  @Field(() => PolicyOrderFieldEnum, { description: "What to sort by." })
  readonly field: PolicyOrderField;

  @Field(() => OrderDirectionEnum, { description: "Which way." })
  readonly direction: OrderDirection;
}
