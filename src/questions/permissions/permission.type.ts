import { Field, ID, Int, ObjectType } from "type-graphql";
import { ActionType } from "../../graphql/action.type.js";
import { AccessLevelEnum } from "../../graphql/catalog-enums.js";
import { type Connection, connectionType } from "../../graphql/connection.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { ServiceType } from "../../graphql/service.type.js";
import type { AccessLevel } from "../../inventory/catalog.js";
import { DecisionType } from "../access/decision.type.js";

@ObjectType("Permission", { simpleResolvers: true, description: "An action that a principal may do, and when." })
export class PermissionType {
  @Field(() => ActionType, { description: "The action." })
  readonly action: ActionType;

  @Field(() => [String], {
    description: "Resource patterns of the Allow statements that reach the action; a Deny shows in `decision`.",
  })
  readonly resourcePatterns: readonly string[];

  @Field(() => DecisionType, { description: "The decision about the action." })
  readonly decision: DecisionType;
}

@ObjectType("PermissionConnection", {
  simpleResolvers: true,
  description: "A page of permissions, with what the answer could not see.",
})
export class PermissionConnection extends connectionType("Permission", () => PermissionType) {
  @Field(() => CoverageType, { description: "What was not seen and could have changed the answer." })
  readonly coverage: CoverageType;

  @Field(() => ID, { description: "The revision that the answer holds for." })
  readonly revision: string;
}

/** What the resolvers fill the connection with. */
export interface PermissionPage extends Connection<PermissionType> {
  readonly coverage: CoverageType;
  readonly revision: string;
}

@ObjectType("PermissionSummary", {
  simpleResolvers: true,
  description: "How many actions of a service and an access level a principal may do.",
})
export class PermissionSummaryType {
  @Field(() => ServiceType, { description: "The service." })
  readonly service: ServiceType;

  @Field(() => AccessLevelEnum, { description: "The access level; an action with several counts once under each." })
  readonly accessLevel: AccessLevel;

  @Field(() => Int, { description: "Actions that are ALLOWED." })
  readonly allowed: number;

  @Field(() => Int, { description: "Actions that are CONDITIONAL." })
  readonly conditional: number;

  @Field(() => Int, { description: "Actions that are UNDETERMINED." })
  readonly undetermined: number;
}
