import { Field, ID, ObjectType } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { connectionType } from "../../graphql/connection.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { PrincipalType } from "../../graphql/principal.type.js";
import { principalNode } from "../../graphql/principal-node.js";
import type { Verdict } from "../../policy/decide.js";
import { VerdictEnum } from "../access/access-enums.type.js";
import type { Escalation } from "./escalations.js";

@ObjectType("Escalation", { simpleResolvers: true, description: "Somebody who can gain such rights, and how." })
export class EscalationType {
  constructor(
    readonly snapshot: Snapshot,
    readonly escalation: Escalation,
  ) {}

  @Field(() => PrincipalType, { description: "Who can." })
  get principal(): PrincipalType {
    return principalNode(this.snapshot, this.escalation.principal);
  }

  @Field(() => VerdictEnum, { description: "The verdict of the best path." })
  get verdict(): Verdict {
    return this.escalation.paths[0]?.ruling.verdict ?? "UNDETERMINED";
  }
}

@ObjectType("EscalationConnection", {
  simpleResolvers: true,
  description: "A page of users and roles that can gain rights, with what the answer could not see.",
})
export class EscalationConnection extends connectionType("Escalation", () => EscalationType) {
  @Field(() => CoverageType, { description: "What was not seen and could have changed the answer." })
  readonly coverage: CoverageType;

  @Field(() => Boolean, { description: "True where a search was given up: there may be more." })
  readonly isTruncated: boolean;

  @Field(() => ID, { description: "The revision that the answer holds for." })
  readonly revision: string;
}
