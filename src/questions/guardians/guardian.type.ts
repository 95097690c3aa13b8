import { Field, ID, ObjectType } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { type Connection, connectionType } from "../../graphql/connection.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { enumType } from "../../graphql/enum-type.js";
import { loadNode } from "../../graphql/load-node.js";
import { NodeType } from "../../graphql/node.type.js";
import { DecisionType } from "../access/decision.type.js";
import { type AnyPrincipal, askerNode, PrincipalNode } from "../access/principal-access.type.js";
import type { Guardian } from "./guardians.js";
import type { LeverKind } from "./lever.js";

const GuardianChangeEnum = enumType<LeverKind>("GuardianChange", "A change that would alter an answer.", {
  REWRITE_POLICY: "Give a custom policy new text: `ram:CreatePolicyVersion`.",
  REVIVE_POLICY_VERSION: "Put another version of a custom policy in force: `ram:SetDefaultPolicyVersion`.",
  ATTACH_POLICY: "Attach a policy to the principal or its group: `ram:AttachPolicyToUser` and the like.",
  DETACH_POLICY: "Detach a policy that settled it: `ram:DetachPolicyFromUser` and the like.",
  REMOVE_FROM_GROUP: "Remove the user from the group that a policy reaches it by: `ram:RemoveUserFromGroup`.",
  REWRITE_TRUST_POLICY: "Change whom the role trusts: `ram:UpdateRole`.",
  REWRITE_BUCKET_POLICY: "Change the policy of the bucket: `oss:PutBucketPolicy`.",
  REWRITE_CONTROL_POLICY: "Give a control policy new text: `resourcemanager:UpdateControlPolicy`.",
  DETACH_CONTROL_POLICY: "Detach a control policy: `resourcemanager:DetachControlPolicy`.",
});

@ObjectType("Guardian", {
  simpleResolvers: true,
  description: "Somebody who can change an answer, and by which change.",
})
export class GuardianType {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly guardian: Guardian,
  ) {}

  @Field(() => PrincipalNode, { description: "Who can." })
  get principal(): AnyPrincipal {
    return askerNode(this.snapshot, this.guardian.access.decision);
  }

  @Field(() => GuardianChangeEnum, { description: "By which change." })
  get change(): LeverKind {
    return this.guardian.lever.kind;
  }

  @Field(() => NodeType, {
    nullable: true,
    description: "The policy, user, group or role that is changed; null for a bucket.",
  })
  get subject(): NodeType | undefined {
    return loadNode(this.snapshot, this.guardian.lever.subject);
  }

  @Field(() => DecisionType, { description: "The decision on the call that makes the change." })
  get decision(): DecisionType {
    return new DecisionType(this.guardian.access.decision);
  }

  @Field(() => String, { description: "What they can do, in plain words." })
  get sentence(): string {
    const { decision } = this.guardian.access;
    const may = decision.verdict === "ALLOWED" ? "can" : "may be able to";
    return `${decision.asker?.principal?.name ?? "somebody"} ${may} ${this.guardian.lever.text}.`;
  }
}

@ObjectType("GuardianConnection", {
  simpleResolvers: true,
  description: "A page of those who can change an answer, with what could not be seen.",
})
export class GuardianConnection extends connectionType("Guardian", () => GuardianType) {
  @Field(() => CoverageType, { description: "What was not seen and could have changed the list." })
  readonly coverage: CoverageType;

  @Field(() => ID, { description: "The revision that the list holds for." })
  readonly revision: string;
}

/** What the resolver fills the connection with. */
export interface GuardianPage extends Connection<GuardianType> {
  readonly coverage: CoverageType;
  readonly revision: string;
}
