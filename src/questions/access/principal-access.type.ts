import { createUnionType, Field, ID, ObjectType } from "type-graphql";
import { type Connection, connectionType, edgeType } from "../../graphql/connection.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { RoleType } from "../../graphql/role.type.js";
import { UserType } from "../../graphql/user.type.js";
import { DecisionType } from "./decision.type.js";

export const PrincipalNode = createUnionType({
  name: "PrincipalNode",
  description: "Someone who can act.",
  types: () => [RoleType, UserType] as const,
});

@ObjectType("PrincipalAccessEdge", { simpleResolvers: true, description: "A principal and the decision about them." })
export class PrincipalAccessEdge extends edgeType("PrincipalAccess", () => PrincipalNode) {
  @Field(() => DecisionType, { description: "The decision about this principal." })
  readonly decision: DecisionType;
}

@ObjectType("PrincipalAccessConnection", {
  simpleResolvers: true,
  description: "A page of principals, with what the answer could not see.",
})
export class PrincipalAccessConnection extends connectionType("PrincipalAccess", () => PrincipalNode, {
  edge: PrincipalAccessEdge,
}) {
  @Field(() => CoverageType, { description: "What was not seen and could have changed the answer." })
  readonly coverage: CoverageType;

  @Field(() => ID, { description: "The revision that the answer holds for." })
  readonly revision: string;
}

/** What the resolvers fill the connection with. */
export interface PrincipalAccessPage extends Connection<RoleType | UserType> {
  readonly coverage: CoverageType;
  readonly revision: string;
}
