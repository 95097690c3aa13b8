import { Args, ArgsType, Ctx, Field, FieldResolver, Resolver, Root } from "type-graphql";
import { CoverageType } from "../../graphql/coverage.type.js";
import { checkLength } from "../../graphql/errors.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { paginate } from "../../graphql/paging.js";
import { PrincipalType } from "../../graphql/principal.type.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { takenValue } from "../../graphql/taken-value.js";
import { MAX_WIDE_PAGE, WidePageArgs } from "../../graphql/wide-page-args.js";
import { ContextInputType } from "../access/access.input.js";
import { takeActions } from "../access/take-actions.js";
import { takeContext } from "../access/take-context.js";
import { NOT_A_PLAIN_NO } from "../access/verdict-rank.js";
import { SOME_RESOURCE } from "../permissions/permissions.js";
import { reachableResources } from "./reachable-resources.js";
import { ResourceAccessConnection, type ResourceAccessPage, ResourceAccessType } from "./resource-access.type.js";
import { ResourceFilters } from "./resource-filters.input.js";

@ArgsType()
class ResourcesArgs extends WidePageArgs {
  @Field(() => String, { description: "What it would do, e.g. `ecs:DeleteInstance`. Letter case does not count." })
  readonly action: string;

  @Field(() => ContextInputType, { nullable: true, description: "Under which circumstances; left out, all are open." })
  readonly context?: ContextInputType | null;

  @Field(() => ResourceFilters, { nullable: true, description: "Narrows the list." })
  readonly filterBy?: ResourceFilters | null;
}

@Resolver(() => PrincipalType)
export class ResourcesResolver {
  @FieldResolver(() => ResourceAccessConnection, {
    description:
      "On which known resources may this principal do this? Known are those that imports name: members of resource groups, what carries tags, buckets with policies, and users, groups, roles and custom policies. Only those of the types that the action takes, in the order of ARNs.",
  })
  async resources(
    @Root() { snapshot, key }: PrincipalType,
    @Args() args: ResourcesArgs,
    @List() list: ListRequest,
    @Ctx() context: RequestContext,
  ): Promise<ResourceAccessPage> {
    const principal = snapshot.principalByKey.get(key);
    if (principal === undefined) throw new Error(`principal \`${key}\` was not compiled`);
    checkLength("filterBy.arnContains", args.filterBy?.arnContains, 0, 256);
    const { verdicts, accountIds, arnContains } = args.filterBy ?? {};
    const question = {
      actions: takenValue(takeActions(snapshot, { name: args.action }, SOME_RESOURCE, "action")).choice,
      context: takenValue(takeContext(args.context ?? undefined, "context")),
      verdicts: verdicts ? new Set(verdicts) : NOT_A_PLAIN_NO,
      ...(accountIds ? { accountIds: new Set(accountIds) } : {}),
      ...(arnContains ? { arnContains } : {}),
    };
    const answer = takenValue(await driveInTurns(context, reachableResources(snapshot, principal, question)));
    const { revision } = snapshot;
    const page = paginate({
      list,
      page: args,
      revision,
      items: answer.rows,
      toNode: (row) => new ResourceAccessType(row),
      maxPageSize: MAX_WIDE_PAGE,
    });
    return Object.assign(page, { coverage: new CoverageType(answer.coverage.gaps), revision });
  }
}
