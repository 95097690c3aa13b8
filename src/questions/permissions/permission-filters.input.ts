import { Field, InputType } from "type-graphql";
import { AccessLevelEnum } from "../../graphql/catalog-enums.js";
import type { AccessLevel } from "../../inventory/catalog.js";
import type { Verdict } from "../../policy/decide.js";
import { VerdictEnum } from "../access/access-enums.type.js";

@InputType("PermissionFilters", { description: "Which permissions to list; what is left out does not narrow." })
export class PermissionFilters {
  @Field(() => [String], { nullable: true, description: "RAM codes of services, letter case ignored." })
  readonly services?: readonly string[] | null;

  @Field(() => [AccessLevelEnum], { nullable: true, description: "Actions that have one of these access levels." })
  readonly accessLevels?: readonly AccessLevel[] | null;

  @Field(() => [VerdictEnum], {
    nullable: true,
    description: "Actions with one of these verdicts; left out, everything that is not a plain no.",
  })
  readonly verdicts?: readonly Verdict[] | null;
}
