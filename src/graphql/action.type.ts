import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { AccessLevel, Action } from "../inventory/catalog.js";
import { actionKey } from "../inventory/keys.js";
import { AccessLevelEnum } from "./catalog-enums.js";
import { connectionType } from "./connection.js";
import { NodeType } from "./node.type.js";

@ObjectType("Action", {
  simpleResolvers: true,
  implements: NodeType,
  description: "What a policy grants or denies: a name such as `ecs:DeleteSecurityGroup` that guards API operations.",
})
export class ActionType extends NodeType {
  constructor(
    snapshot: Snapshot,
    readonly row: Action,
  ) {
    super(snapshot, actionKey(row.name));
  }

  @Field(() => String, {
    description: "`service:Name`, spelt as its documentation spells it; RAM ignores letter case.",
  })
  get name(): string {
    return this.row.name;
  }

  @Field(() => [AccessLevelEnum], {
    description: "Levels of the operations that it guards: several where one action guards reading and writing.",
  })
  get accessLevels(): readonly AccessLevel[] {
    return this.row.accessLevels;
  }

  @Field(() => Boolean, {
    description: "False when no authorization page lists the action; its level is then told from its verb.",
  })
  get isDocumented(): boolean {
    return this.row.isDocumented;
  }
}

/** The actions of some names, in their order; names that the catalog does not know are passed over. */
export function actionsNamed(snapshot: Snapshot, names: readonly string[]): readonly ActionType[] {
  return names.flatMap((name) => {
    const action = snapshot.catalog.actions.get(actionKey(name));
    return action === undefined ? [] : [new ActionType(snapshot, action)];
  });
}

export const ActionConnection = connectionType("Action", () => ActionType);
