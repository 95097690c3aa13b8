import { Field, InputType } from "type-graphql";
import { enumType } from "../../graphql/enum-type.js";
import { OrderDirectionEnum } from "../../graphql/order-direction.js";

export type AccessOrderField = "NAME" | "VERDICT" | "ACCESS_LEVEL";

const AccessOrderFieldEnum = enumType<AccessOrderField>("AccessOrderField", "What computed lists are sorted by.", {
  NAME: "The name, in byte order.",
  VERDICT: "The verdict, from EXPLICIT_DENY to ALLOWED.",
  ACCESS_LEVEL: "The first access level of the action; only for permissions.",
});

@InputType("AccessOrder", { description: "The order of a computed list. Ties keep the order of ARNs or action names." })
export class AccessOrderInput {
  @Field(() => AccessOrderFieldEnum, { description: "What to sort by." })
  field: AccessOrderField;

  @Field(() => OrderDirectionEnum, { description: "Which way." })
  direction: "ASC" | "DESC";
}
