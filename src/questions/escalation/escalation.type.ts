import { Field, ID, ObjectType } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { workTogether } from "../../grants/work-together.js";
import { connectionType } from "../../graphql/connection.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { PrincipalType } from "../../graphql/principal.type.js";
import { principalNode } from "../../graphql/principal-node.js";
import type { Escalation } from "./escalations.js";

@ObjectType("Escalation", { simpleResolvers: true, description: "Somebody who can gain such rights, and how." })
export class EscalationType {
  /** Looked for once, whichever fields ask. */
  readonly paths: Escalation["paths"];

  constructor(
    readonly snapshot: Snapshot,
    readonly escalation: Escalation,
  ) {
    this.paths = workTogether(escalation.paths);
  }

  @Field(() => PrincipalType, { description: "Who can." })
  get principal(): PrincipalType {
    return principalNode(this.snapshot, this.escalation.principal);
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
