import { FieldResolver, Resolver, Root } from "type-graphql";
import { partsOfVersionKey } from "../../graphql/composite-keys.js";
import { ConditionTermType } from "../../graphql/condition-term.type.js";
import { loadNode } from "../../graphql/load-node.js";
import { NodeType } from "../../graphql/node.type.js";
import { PolicyType } from "../../graphql/policy.type.js";
import { PolicyAttachmentType } from "../../graphql/policy-attachment.type.js";
import { PolicyStatementType } from "../../graphql/policy-statement.type.js";

@Resolver(() => PolicyStatementType)
export class PolicyStatementResolver {
  @FieldResolver(() => PolicyType, { nullable: true, description: "Policy that it stands in; null in trust policies." })
  policy(@Root() { snapshot, owner }: PolicyStatementType): PolicyType | undefined {
    const compiled = snapshot.policies.get(partsOfVersionKey(owner)?.policy ?? owner);
    return compiled && new PolicyType(snapshot, compiled);
  }

  @FieldResolver(() => [ConditionTermType], { description: "Comparisons that must all hold for it to apply." })
  conditions(@Root() { snapshot, owner, statement }: PolicyStatementType): readonly ConditionTermType[] {
    return statement.conditions.map((test) => new ConditionTermType(snapshot, test, false, owner, statement.pointer));
  }
}

@Resolver(() => PolicyAttachmentType)
export class PolicyAttachmentResolver {
  @FieldResolver(() => PolicyType, { description: "Policy that is attached." })
  policy(@Root() { snapshot, row }: PolicyAttachmentType): PolicyType {
    const compiled = snapshot.policies.get(row.policy);
    if (compiled === undefined) throw new Error(`the policy \`${row.policy}\` is attached and unknown`);
    return new PolicyType(snapshot, compiled);
  }

  @FieldResolver(() => NodeType, { description: "User, group or role that carries it." })
  principal(@Root() { snapshot, row }: PolicyAttachmentType): NodeType {
    const carrier = loadNode(snapshot, row.principal);
    if (carrier === undefined) throw new Error(`\`${row.policy}\` is attached to the unknown \`${row.principal}\``);
    return carrier;
  }
}
