import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { ConditionTermType } from "../../graphql/condition-term.type.js";
import type { Literal, Solution } from "../../policy/logic/solve.js";
import { conditionText } from "./condition-text.js";

@ObjectType("ConditionAlternative", { simpleResolvers: true, description: "Tests that must all come out as said." })
export class ConditionAlternativeType {
  @Field(() => [ConditionTermType], { description: "The tests; none means always." })
  readonly allOf: readonly ConditionTermType[];

  constructor(snapshot: Snapshot, literals: readonly Literal[]) {
    this.allOf = literals.map(
      ({ test, from, isNegated }) => new ConditionTermType(snapshot, test, isNegated, from.policy, from.pointer),
    );
  }
}

@ObjectType("ConditionSet", {
  simpleResolvers: true,
  description:
    "What must hold, as alternatives of which any suffices. Two levels, always. Exact over up to 16 different tests; beyond that conservative, with a warning in the decision.",
})
export class ConditionSetType {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly solution: Solution,
  ) {}

  @Field(() => Boolean, { description: "True when nothing has to hold." })
  get isAlways(): boolean {
    return this.solution.outcome === "ALWAYS";
  }

  @Field(() => Boolean, { description: "True when nothing that could hold would be enough." })
  get isNever(): boolean {
    return this.solution.outcome === "NEVER";
  }

  @Field(() => [ConditionAlternativeType], { description: "The alternatives; none implies another." })
  get anyOf(): readonly ConditionAlternativeType[] {
    return this.solution.alternatives.map((literals) => new ConditionAlternativeType(this.snapshot, literals));
  }

  @Field(() => [String], {
    description: "Keys whose value would settle the matter; keys that cannot change the verdict are left out.",
  })
  get missingKeys(): readonly string[] {
    return this.solution.missingKeys;
  }

  @Field(() => Boolean, { description: "True when alternatives beyond 64 were cut." })
  get isTruncated(): boolean {
    return this.solution.isTruncated;
  }

  @Field(() => String, { description: "The same in words." })
  get text(): string {
    return conditionText(this.solution);
  }
}
