import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { Key } from "../inventory/keys.js";
import type { ConditionTest } from "../policy/conditions/condition-test.js";
import { PolicyStatementType } from "./policy-statement.type.js";
import { statementAt } from "./statement-at.js";

@ObjectType("ConditionTerm", {
  simpleResolvers: true,
  description: "One comparison of a condition: some key under some operator with some values.",
})
export class ConditionTermType {
  /**
   * @param isNegated the comparison as written must not hold
   * @param owner key of the policy, version or role that the statement is part of
   * @param pointer of the statement
   */
  constructor(
    private readonly snapshot: Snapshot,
    private readonly test: ConditionTest,
    isNegated: boolean,
    private readonly owner: Key,
    private readonly pointer: string,
  ) {
    this.isNegated = isNegated;
  }

  @Field(() => String, { description: "Condition key as the policy writes it." })
  get key(): string {
    return this.test.key;
  }

  @Field(() => String, { description: "Operator as the policy writes it, with its set prefix." })
  get operator(): string {
    return this.test.operator;
  }

  @Field(() => [String], { description: "Values of the policy; any of them may match." })
  get values(): readonly string[] {
    return this.test.values;
  }

  @Field(() => Boolean, { description: "True when the comparison must fail instead of hold." })
  readonly isNegated: boolean;

  @Field(() => PolicyStatementType, { description: "Statement that asks for it." })
  get from(): PolicyStatementType {
    const statement = statementAt(this.snapshot, this.owner, this.pointer);
    if (statement === undefined) throw new Error(`\`${this.owner}\` has no statement at \`${this.pointer}\``);
    return statement;
  }
}
