import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import { type Key, policyVersionKey } from "../inventory/keys.js";
import type { PatternElement, Statement } from "../policy/document.js";
import { statementKey } from "./composite-keys.js";
import { NodeType } from "./node.type.js";
import { EffectEnum } from "./policy-enums.js";

@ObjectType("PolicyStatement", {
  simpleResolvers: true,
  implements: NodeType,
  description:
    "One statement of a policy document. Elements that cannot be read are empty here; the policy's findings say why.",
})
export class PolicyStatementType extends NodeType {
  /** @param owner key of the policy version, policy or role that the statement is part of */
  constructor(
    snapshot: Snapshot,
    readonly owner: Key,
    readonly statement: Statement,
  ) {
    super(snapshot, statementKey(owner, statement.pointer));
  }

  /** A statement of a policy's version in force, as decisions speak of it. */
  static ofDefaultVersion(snapshot: Snapshot, policy: Key, statement: Statement): PolicyStatementType {
    const version = snapshot.policies.get(policy)?.defaultVersion?.versionId;
    const owner = version === undefined ? policy : policyVersionKey(policy, version);
    return new PolicyStatementType(snapshot, owner, statement);
  }

  @Field(() => EffectEnum, {
    description: "Grants or forbids; DENY as well where the effect cannot be read, for it is never passed over.",
  })
  get effect(): "ALLOW" | "DENY" {
    return this.statement.effect === "ALLOW" ? "ALLOW" : "DENY";
  }

  @Field(() => String, { description: "Place in the document as an RFC 6901 pointer, e.g. `/Statement/3`." })
  get pointer(): string {
    return this.statement.pointer;
  }

  @Field(() => [String], { description: "Patterns of the element `Action`." })
  get actionPatterns(): readonly string[] {
    return patternsOf(this.statement.actions, false);
  }

  @Field(() => [String], { description: "Patterns of the element `NotAction`: it covers all other actions." })
  get notActionPatterns(): readonly string[] {
    return patternsOf(this.statement.actions, true);
  }

  @Field(() => [String], { description: "Patterns of the element `Resource`." })
  get resourcePatterns(): readonly string[] {
    return patternsOf(this.statement.resources, false);
  }

  @Field(() => [String], { description: "Patterns of the element `NotResource`: it covers all other resources." })
  get notResourcePatterns(): readonly string[] {
    return patternsOf(this.statement.resources, true);
  }

  @Field(() => [String], { description: "Whom a trust or resource policy names; empty in identity policies." })
  get principalPatterns(): readonly string[] {
    const { principals } = this.statement;
    return principals === undefined || principals === "UNREADABLE" ? [] : principals.map(({ text }) => text);
  }
}

function patternsOf(
  element: PatternElement<{ readonly text: string }> | "UNREADABLE",
  isNegated: boolean,
): readonly string[] {
  return element === "UNREADABLE" || element.isNegated !== isNegated ? [] : element.patterns.map(({ text }) => text);
}
