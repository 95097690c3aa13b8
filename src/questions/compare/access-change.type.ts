import { Field, ObjectType } from "type-graphql";
import { ActionType } from "../../graphql/action.type.js";
import { type Connection, connectionType } from "../../graphql/connection.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { enumType } from "../../graphql/enum-type.js";
import { PrincipalType } from "../../graphql/principal.type.js";
import { principalNode } from "../../graphql/principal-node.js";
import { actionKey } from "../../inventory/keys.js";
import { DecisionType } from "../access/decision.type.js";
import type { AccessChange, ChangeKind } from "./access-change.js";
import { decideOn } from "./judge-cells.js";

export const ChangeKindEnum = enumType<ChangeKind>("ChangeKind", "How access to the resources of a pattern differs.", {
  GAINED: "Nothing was possible on any of them; now something is.",
  LOST: "Something was possible; now nothing is on any of them.",
  WIDENED:
    "Possible before and after, and on some of them more so: more of them, a better verdict, or a weaker condition.",
  NARROWED:
    "Possible before and after, and on some of them less so: fewer of them, a worse verdict, or a stronger condition.",
});

@ObjectType("AccessChange", {
  simpleResolvers: true,
  description: "What a principal may do with an action on the resources of a pattern, before and after.",
})
export class AccessChangeType {
  constructor(private readonly change: AccessChange) {}

  @Field(() => ChangeKindEnum, { description: "How it differs." })
  get kind(): ChangeKind {
    return this.change.kind;
  }

  @Field(() => PrincipalType, {
    description: "Whose access differs: as the head has them, or the base where the head has not.",
  })
  get principal(): PrincipalType {
    const { base, head } = this.change.pair;
    const { snapshot, principal } = head.isAbsent ? base : head;
    return principalNode(snapshot, principal);
  }

  @Field(() => ActionType, { description: "The action." })
  get action(): ActionType {
    const { pair, action } = this.change;
    const { snapshot } = pair.head;
    return new ActionType(snapshot.catalog.actions.has(actionKey(action.name)) ? snapshot : pair.base.snapshot, action);
  }

  @Field(() => String, {
    description:
      "Resource pattern of a statement of either side; a role's ARN where it is about assuming it; `*` for what no pattern names.",
  })
  get resourcePattern(): string {
    return this.change.pattern.text;
  }

  @Field(() => DecisionType, { description: "The decision of the base on some resource of the pattern." })
  get before(): DecisionType {
    return new DecisionType(decideOn(this.change.pair.base, this.change.action.name, this.change.pattern));
  }

  @Field(() => DecisionType, { description: "The decision of the head on some resource of the pattern." })
  get after(): DecisionType {
    return new DecisionType(decideOn(this.change.pair.head, this.change.action.name, this.change.pattern));
  }
}

@ObjectType("AccessChangeConnection", {
  simpleResolvers: true,
  description: "A page of differences, with what neither side could see.",
})
export class AccessChangeConnection extends connectionType("AccessChange", () => AccessChangeType) {
  @Field(() => CoverageType, { description: "What was not seen on either side and could have changed the answer." })
  readonly coverage: CoverageType;
}

/** What the resolver fills the connection with. */
export interface AccessChangePage extends Connection<AccessChangeType> {
  readonly coverage: CoverageType;
}
