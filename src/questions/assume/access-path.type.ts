import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { PrincipalType } from "../../graphql/principal.type.js";
import { principalNode } from "../../graphql/principal-node.js";
import { RoleType } from "../../graphql/role.type.js";
import { type Solution, solve } from "../../policy/logic/solve.js";
import { ConditionSetType } from "../access/condition.type.js";
import { conditionText } from "../access/condition-text.js";
import { DecisionType } from "../access/decision.type.js";
import type { AssumeEdge } from "./assume-edges.js";
import { judgeInTurn } from "./judge-in-turn.js";
import type { AssumePath } from "./trails.js";

@ObjectType("AccessPathStep", { simpleResolvers: true, description: "One principal assumes one role." })
export class AccessPathStepType {
  @Field(() => PrincipalType, { description: "Who assumes the role." })
  readonly from: PrincipalType;

  @Field(() => RoleType, { description: "The role that is assumed." })
  readonly to: RoleType;

  @Field(() => DecisionType, { description: "The decision on assuming it." })
  readonly decision: DecisionType;

  constructor(snapshot: Snapshot, { from, to, decision }: AssumeEdge) {
    const role = snapshot.roles.get(to);
    if (role === undefined) throw new Error(`role \`${to}\` of a path does not exist`);
    this.from = principalNode(snapshot, from);
    this.to = new RoleType(snapshot, role);
    this.decision = new DecisionType(decision);
  }
}

@ObjectType("AccessPath", { simpleResolvers: true, description: "How a principal gets to a role by assuming roles." })
export class AccessPathType {
  private readonly solution: Solution;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly path: AssumePath,
  ) {
    this.solution = solve(judgeInTurn(path.map(({ decision }) => decision)).allowed);
  }

  @Field(() => [AccessPathStepType], { description: "The hops, first to last." })
  get steps(): readonly AccessPathStepType[] {
    return this.path.map((edge) => new AccessPathStepType(this.snapshot, edge));
  }

  @Field(() => ConditionSetType, { description: "What must hold for all hops together." })
  get condition(): ConditionSetType {
    return new ConditionSetType(this.snapshot, this.solution);
  }

  @Field(() => String, { description: "The path in one plain sentence." })
  get sentence(): string {
    const names = this.path.map(({ to }) => this.snapshot.roles.get(to)?.name ?? to);
    const start = this.path[0]?.from.name ?? "nobody";
    const condition = this.solution.outcome === "ALWAYS" ? "" : `, if ${conditionText(this.solution)}`;
    return `${start} assumes ${names.join(", then ")}${condition}.`;
  }
}
