import { Field, ID, ObjectType } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { type Connection, connectionType } from "../../graphql/connection.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { loadNode } from "../../graphql/load-node.js";
import { NodeType } from "../../graphql/node.type.js";
import { PrincipalType } from "../../graphql/principal.type.js";
import { principalNode } from "../../graphql/principal-node.js";
import type { Verdict } from "../../policy/decide.js";
import { VerdictEnum } from "../access/access-enums.type.js";
import { ConditionSetType } from "../access/condition.type.js";
import { EscalationMeansEnum } from "./escalation-means.type.js";
import type { EscalationPath } from "./escalation-path.js";
import { pathSentence, stepSentence } from "./path-sentence.js";
import type { Step } from "./steps.js";

@ObjectType("EscalationStep", {
  simpleResolvers: true,
  description: "One step of a path: somebody makes calls that they may make, and gains rights by them.",
})
export class EscalationStepType {
  constructor(
    private readonly snapshot: Snapshot,
    readonly step: Step,
  ) {}

  @Field(() => EscalationMeansEnum, { description: "By which means." })
  get means(): string {
    return this.step.means;
  }

  @Field(() => PrincipalType, { description: "Who takes the step." })
  get from(): PrincipalType {
    return principalNode(this.snapshot, this.step.from.principal);
  }

  @Field(() => PrincipalType, {
    nullable: true,
    description:
      "As whom they act from then on: themselves with other rights, another one, or null for one newly made.",
  })
  get to(): PrincipalType | undefined {
    const { principal, isNew } = this.step.to;
    return isNew ? undefined : principalNode(this.snapshot, principal);
  }

  @Field(() => NodeType, {
    nullable: true,
    description: "The user, group, role or policy that the calls are about; null where they are about nobody else.",
  })
  get target(): NodeType | undefined {
    return loadNode(this.snapshot, this.step.target.key);
  }

  @Field(() => String, { description: "The step in plain words." })
  get sentence(): string {
    return stepSentence(this.step);
  }
}

@ObjectType("EscalationPath", {
  simpleResolvers: true,
  description: "How somebody becomes an administrator, or acts as another one, by what they may do.",
})
export class EscalationPathType {
  constructor(
    private readonly snapshot: Snapshot,
    readonly path: EscalationPath,
  ) {}

  @Field(() => PrincipalType, { description: "Who can." })
  get principal(): PrincipalType {
    return principalNode(this.snapshot, this.path.principal);
  }

  @Field(() => [EscalationStepType], { description: "First to last; empty for one who is there already." })
  get steps(): readonly EscalationStepType[] {
    return this.path.steps.map((step) => new EscalationStepType(this.snapshot, step));
  }

  @Field(() => VerdictEnum, { description: "All steps together, in one word." })
  get verdict(): Verdict {
    return this.path.ruling.verdict;
  }

  @Field(() => ConditionSetType, { description: "What must hold for all steps, and for the rights at the end." })
  get condition(): ConditionSetType {
    return new ConditionSetType(this.snapshot, this.path.ruling.solution);
  }

  @Field(() => String, { description: "The path in one plain sentence." })
  get sentence(): string {
    return pathSentence(this.path);
  }
}

@ObjectType("EscalationPathConnection", {
  simpleResolvers: true,
  description: "A page of paths, with what the answer could not see.",
})
export class EscalationPathConnection extends connectionType("EscalationPath", () => EscalationPathType) {
  @Field(() => CoverageType, { description: "What was not seen and could have changed the answer." })
  readonly coverage: CoverageType;

  @Field(() => Boolean, { description: "True where the search was given up: there may be more." })
  readonly isTruncated: boolean;

  @Field(() => ID, { description: "The revision that the answer holds for." })
  readonly revision: string;
}

/** What the resolvers fill such connections with. */
export interface EscalationPage<T> extends Connection<T> {
  readonly coverage: CoverageType;
  readonly isTruncated: boolean;
  readonly revision: string;
}
