import { Arg, Args, ArgsType, Ctx, Field, Query, Resolver } from "type-graphql";
import { refusal } from "../../graphql/errors.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { SnapshotInput } from "../../graphql/snapshot.input.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { takenValue } from "../../graphql/taken-value.js";
import { MAX_WIDE_PAGE, WidePageArgs } from "../../graphql/wide-page-args.js";
import type { Verdict } from "../../policy/decide.js";
import { ActionInputType, ContextInputType, ResourceInputType } from "../access/access.input.js";
import { PrincipalTypeEnum, VerdictEnum } from "../access/access-enums.type.js";
import { AccessOrderInput } from "../access/access-order.input.js";
import { accessPage, PrincipalAccessConnection, type PrincipalAccessPage } from "../access/principal-access.type.js";
import { takeQuestion } from "../access/take-question.js";
import { NOT_A_PLAIN_NO } from "../access/verdict-rank.js";
import { ReachEnum } from "../assume/reach-mode.type.js";
import type { PrincipalType, ReachMode, WhoCanScope } from "./principal-access.js";
import { whoCan } from "./who-can.js";

@ArgsType()
class WhoCanArgs extends WidePageArgs {
  @Field(() => ActionInputType, { description: "What they would do." })
  readonly actions: ActionInputType;

  @Field(() => ResourceInputType, { description: "To what." })
  readonly resource: ResourceInputType;

  @Field(() => ContextInputType, { nullable: true, description: "Under which circumstances; left out, all are open." })
  readonly context?: ContextInputType;

  @Field(() => [VerdictEnum], {
    nullable: true,
    defaultValue: [...NOT_A_PLAIN_NO],
    description: "Only principals with these verdicts; by default everything that is not a plain no.",
  })
  readonly verdicts?: readonly Verdict[] | null;

  @Field(() => [PrincipalTypeEnum], { nullable: true, description: "Only principals of these kinds." })
  readonly types?: readonly PrincipalType[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "Account ids to look in; `catalog` means the service-linked roles as the cloud's documentation describes them. Left out: every imported account, or the catalog as long as no account was imported. The root of an account may do anything in it and is never listed.",
  })
  readonly accountIds?: readonly string[] | null;

  @Field(() => ReachEnum, { nullable: true, defaultValue: "DIRECT", description: "How far to look." })
  readonly reach?: ReachMode | null;

  @Field(() => AccessOrderInput, { nullable: true, description: "Left out, the order is that of ARNs." })
  readonly orderBy?: AccessOrderInput | null;
}

@Resolver()
export class WhoCanResolver {
  @Query(() => PrincipalAccessConnection, { description: "Which principals may do this?" })
  async whoCan(
    @Ctx() context: RequestContext,
    @Args() args: WhoCanArgs,
    @Arg("at", () => SnapshotInput, { nullable: true, description: "Which revision; left out, the newest." })
    at: SnapshotInput | null | undefined,
    @List() list: ListRequest,
  ): Promise<PrincipalAccessPage> {
    const snapshot = await pinnedSnapshot(context, at, { page: args, list });
    const question = takenValue(takeQuestion(snapshot, args, ""));
    const answer = takenValue(await driveInTurns(context, whoCan(snapshot, question, scopeOf(args))));
    return await accessPage(context, snapshot, answer, { list, page: args, maxPageSize: MAX_WIDE_PAGE });
  }
}

function scopeOf({ verdicts, types, accountIds, reach, orderBy }: WhoCanArgs): WhoCanScope {
  if (orderBy?.field === "ACCESS_LEVEL") {
    throw refusal("orderBy.field", "principals have no access level; sort by NAME or VERDICT");
  }
  return {
    reach: reach ?? "DIRECT",
    verdicts: verdicts ? new Set(verdicts) : NOT_A_PLAIN_NO,
    ...(types ? { types: new Set(types) } : {}),
    ...(accountIds ? { accountIds: new Set(accountIds) } : {}),
    ...(orderBy ? { order: { field: orderBy.field, isDescending: orderBy.direction === "DESC" } } : {}),
  };
}
