import { Field, ObjectType } from "type-graphql";
import { policyArn } from "../grants/arn-of.js";
import type { CompiledPolicy } from "../grants/compiled-policy.js";
import type { Snapshot } from "../grants/snapshot.js";
import type { PolicyType as TypeWord } from "../inventory/policy.js";
import { connectionType } from "./connection.js";
import { NodeType } from "./node.type.js";
import { PolicyTypeEnum } from "./policy-enums.js";
import { ArnScalar } from "./scalars.js";

@ObjectType("Policy", {
  simpleResolvers: true,
  implements: NodeType,
  description: "A named permission document with its versions.",
})
export class PolicyType extends NodeType {
  constructor(
    snapshot: Snapshot,
    readonly compiled: CompiledPolicy,
  ) {
    super(snapshot, compiled.key);
  }

  @Field(() => ArnScalar, { description: "ARN in RAM; policies of the cloud carry the account `system`." })
  get arn(): string {
    return policyArn(this.compiled.policy);
  }

  @Field(() => String, {
    description: "Name; that of the role for a service-linked role whose documentation names no policy.",
  })
  get name(): string {
    return this.compiled.policy.name;
  }

  @Field(() => PolicyTypeEnum, { description: "Who keeps the policy." })
  get type(): TypeWord {
    return this.compiled.policy.type;
  }

  @Field(() => String, { nullable: true, description: "What it grants, in the words of its source." })
  get description(): string | undefined {
    return this.compiled.policy.description;
  }

  @Field(() => Boolean, { description: "True when the provider itself warns against attaching it without need." })
  get isHighRisk(): boolean {
    return this.compiled.policy.isHighRisk;
  }
}

export const PolicyConnection = connectionType("Policy", () => PolicyType);
