import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { reachesOf } from "../../grants/reaches-of.js";
import { ActionType } from "../../graphql/action.type.js";
import type { Connection } from "../../graphql/connection.js";
import { refusal } from "../../graphql/errors.js";
import { FindingType } from "../../graphql/finding.type.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { PolicyAttachmentType } from "../../graphql/policy-attachment.type.js";
import { PolicyStatementType } from "../../graphql/policy-statement.type.js";
import { PrincipalType } from "../../graphql/principal.type.js";
import { principalNode } from "../../graphql/principal-node.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { RoleType } from "../../graphql/role.type.js";
import { type OrLater, workInTurn } from "../../graphql/take-turn.js";
import { UserType } from "../../graphql/user.type.js";
import type { MatchOutcome } from "../../policy/check.js";
import type { PolicyLayer } from "../../policy/grant.js";
import { MatchOutcomeEnum, PolicyLayerEnum } from "./access-enums.type.js";
import { ConditionSetType } from "./condition.type.js";
import { DecisionType } from "./decision.type.js";
import { decidedBy, nearMisses, traceOf } from "./explain-access.js";
import { prerequisiteDecisions } from "./prerequisites.js";
import { sentenceOf } from "./sentence.js";
import { TraceEntryConnection, TraceEntryType } from "./trace.type.js";

/** How many near misses may be asked for at once. */
const MAX_NEAR_MISSES = 100;

/** What explains a decision is worked out in turns, as one answer may hold a thousand of them. */
@Resolver(() => DecisionType)
export class DecisionResolver {
  @FieldResolver(() => ConditionSetType, { description: "What must hold for the verdict to be ALLOWED." })
  condition(@Ctx() context: RequestContext, @Root() { decision }: DecisionType): OrLater<ConditionSetType> {
    return workInTurn(context, () => new ConditionSetType(decision.snapshot, decision.ruling.solution));
  }

  @FieldResolver(() => [PolicyLayerEnum], { description: "The layers that said no, in order of evaluation." })
  blockedBy(@Ctx() context: RequestContext, @Root() { decision }: DecisionType): OrLater<readonly PolicyLayer[]> {
    return workInTurn(context, () => decision.blockedBy);
  }

  @FieldResolver(() => String, { description: "One plain sentence, made from the trace." })
  sentence(@Ctx() context: RequestContext, @Root() { decision }: DecisionType): OrLater<string> {
    return workInTurn(context, () => sentenceOf(decision));
  }

  @FieldResolver(() => [FindingType], { description: "What to know before relying on the answer." })
  warnings(@Ctx() context: RequestContext, @Root() { decision }: DecisionType): OrLater<readonly FindingType[]> {
    return workInTurn(context, () => decision.warnings().map((each) => new FindingType(decision.snapshot, each)));
  }

  @FieldResolver(() => [TraceEntryType], { description: "The statements that settled it." })
  decidedBy(@Ctx() context: RequestContext, @Root() { decision }: DecisionType): OrLater<readonly TraceEntryType[]> {
    return workInTurn(context, () => decidedBy(decision).map((entry) => new TraceEntryType(decision, entry)));
  }

  @FieldResolver(() => TraceEntryConnection, { description: "Every statement that was looked at." })
  trace(
    @Ctx() context: RequestContext,
    @Root() { decision }: DecisionType,
    @Arg("outcomes", () => [MatchOutcomeEnum], {
      nullable: true,
      description: "Only statements that compared so; left out, all.",
    })
    outcomes: readonly MatchOutcome[] | null | undefined,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): OrLater<Connection<TraceEntryType>> {
    return workInTurn(context, () =>
      paginate({
        list,
        page,
        revision: decision.snapshot.revision,
        items: traceOf(decision).filter(({ outcome }) => outcomes?.includes(outcome) ?? true),
        toNode: (entry) => new TraceEntryType(decision, entry),
      }),
    );
  }

  @FieldResolver(() => [TraceEntryType], {
    description: "The closest statements that would have allowed it, closest first, each with what is in the way.",
  })
  nearMisses(
    @Ctx() context: RequestContext,
    @Root() { decision }: DecisionType,
    @Arg("first", () => Int, { nullable: true, defaultValue: 3, description: "How many, 1 to 100." })
    first: number | null,
  ): OrLater<readonly TraceEntryType[]> {
    const count = first ?? 3;
    if (count < 1 || count > MAX_NEAR_MISSES) {
      throw refusal("first", `\`${count}\` is out of range; ask for 1 to ${MAX_NEAR_MISSES} at once`);
    }
    return workInTurn(context, () => nearMisses(decision, count).map((entry) => new TraceEntryType(decision, entry)));
  }

  @FieldResolver(() => [DecisionType], {
    description: "Decisions on the actions that this one depends on: the call works only if all of them are allowed.",
  })
  prerequisites(@Ctx() context: RequestContext, @Root() { decision }: DecisionType): OrLater<readonly DecisionType[]> {
    return workInTurn(context, () => prerequisiteDecisions(decision).map((each) => new DecisionType(each)));
  }

  @FieldResolver(() => ActionType, {
    nullable: true,
    description: "The action of the catalog; null when it is unknown, or several were asked about.",
  })
  action(@Root() { decision }: DecisionType): ActionType | undefined {
    const { parts } = decision.question.actions;
    const key = parts.length === 1 ? parts[0]?.key : undefined;
    const action = key === undefined ? undefined : decision.snapshot.catalog.actions.get(key);
    return action === undefined ? undefined : new ActionType(decision.snapshot, action);
  }

  @FieldResolver(() => PrincipalType, {
    nullable: true,
    description: "Who was asked about; null when nobody is known.",
  })
  principal(@Root() { decision }: DecisionType): RoleType | UserType | undefined {
    const principal = decision.asker?.principal;
    return principal === undefined ? undefined : principalNode(decision.snapshot, principal);
  }
}

@Resolver(() => TraceEntryType)
export class TraceEntryResolver {
  @FieldResolver(() => PolicyStatementType, { description: "The statement." })
  statement(@Root() { decision, entry }: TraceEntryType): PolicyStatementType {
    const { policy, statement } = entry.grant;
    return PolicyStatementType.ofDefaultVersion(decision.snapshot, policy, statement);
  }

  @FieldResolver(() => PolicyAttachmentType, {
    nullable: true,
    description: "How the policy reaches the principal: directly or by a group, at which scope.",
  })
  attachment(@Root() { decision, entry }: TraceEntryType): PolicyAttachmentType | undefined {
    const { policy, resourceGroupId } = entry.grant;
    const { snapshot, asker } = decision;
    const attachment = reachesOf(snapshot, asker?.principal?.key ?? "").find(
      (each) => each.policy === policy && each.resourceGroupId === resourceGroupId,
    );
    return attachment === undefined ? undefined : new PolicyAttachmentType(snapshot, attachment);
  }
}
