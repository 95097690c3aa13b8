import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { ConditionKey } from "../inventory/catalog.js";
import { conditionKeyKey } from "../inventory/keys.js";
import { NodeType } from "./node.type.js";

@ObjectType("ConditionKey", {
  simpleResolvers: true,
  implements: NodeType,
  description: "A circumstance of a request that the condition of a statement may ask about.",
})
export class ConditionKeyType extends NodeType {
  constructor(
    snapshot: Snapshot,
    readonly row: ConditionKey,
  ) {
    super(snapshot, conditionKeyKey(row.name));
  }

  @Field(() => String, { description: "Name, e.g. `acs:SourceIp`." })
  get name(): string {
    return this.row.name;
  }

  @Field(() => String, { nullable: true, description: "Kind of its values as documented; null if not stated." })
  get valueType(): string | undefined {
    return this.row.valueType;
  }
}

/** The condition keys of some names, in their order; names that the catalog does not know stand for themselves. */
export function conditionKeysNamed(snapshot: Snapshot, names: readonly string[]): readonly ConditionKeyType[] {
  return names.map(
    (name) => new ConditionKeyType(snapshot, snapshot.catalog.conditionKeys.get(conditionKeyKey(name)) ?? { name }),
  );
}
