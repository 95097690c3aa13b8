import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Resolver, Root } from "type-graphql";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { ActionType } from "../../graphql/action.type.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { paginate } from "../../graphql/paging.js";
import { PrincipalType } from "../../graphql/principal.type.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { ServiceType } from "../../graphql/service.type.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { takenValue } from "../../graphql/taken-value.js";
import { MAX_WIDE_PAGE, WidePageArgs } from "../../graphql/wide-page-args.js";
import { serviceKey } from "../../inventory/keys.js";
import { asciiLower } from "../../policy/ascii.js";
import { ActionInputType, ContextInputType, ResourceInputType } from "../access/access.input.js";
import { AccessOrderInput } from "../access/access-order.input.js";
import type { ResourceChoice, Taken } from "../access/access-question.js";
import { DecisionType } from "../access/decision.type.js";
import { rememberSearch } from "../access/remember-search.js";
import { takeActions } from "../access/take-actions.js";
import { takeContext } from "../access/take-context.js";
import { takeResource } from "../access/take-resource.js";
import { PermissionConnection, type PermissionPage, PermissionSummaryType } from "./permission.type.js";
import { PermissionFilters } from "./permission-filters.input.js";
import { summarise } from "./permission-summary.js";
import {
  type Permission,
  type PermissionsAnswer,
  type PermissionsQuestion,
  permissions,
  SOME_RESOURCE,
} from "./permissions.js";
import { sortPermissions } from "./sort-permissions.js";

/** Of a principal, without anything that narrows it. */
const recall = rememberSearch<Snapshot, Taken<PermissionsAnswer>>((answer) =>
  "value" in answer ? answer.value.rows.length : 0,
);

@ArgsType()
class PermissionsArgs extends WidePageArgs {
  @Field(() => ActionInputType, { nullable: true, description: "Only these actions; left out, all of the catalog." })
  readonly actions?: ActionInputType | null;

  @Field(() => ResourceInputType, { nullable: true, description: "On what; left out, SOME resource at all." })
  readonly resource?: ResourceInputType | null;

  @Field(() => ContextInputType, { nullable: true, description: "Under which circumstances; left out, all are open." })
  readonly context?: ContextInputType | null;

  @Field(() => PermissionFilters, { nullable: true, description: "Narrows the list." })
  readonly filterBy?: PermissionFilters | null;

  @Field(() => AccessOrderInput, { nullable: true, description: "Left out, the order is that of action names." })
  readonly orderBy?: AccessOrderInput | null;
}

@Resolver(() => PrincipalType)
export class PermissionsResolver {
  @FieldResolver(() => PermissionConnection, {
    description:
      "What can this principal do? One row for each catalog action whose verdict is ALLOWED, CONDITIONAL or UNDETERMINED (`filterBy.verdicts` asks for others). `totalCount` counts actions, not statements. A pattern on a service whose actions the catalog does not list is a SERVICE_NOT_IN_CATALOG gap.",
  })
  async permissions(
    @Root() { snapshot, key }: PrincipalType,
    @Args() args: PermissionsArgs,
    @List() list: ListRequest,
    @Ctx() context: RequestContext,
  ): Promise<PermissionPage> {
    const { actions, resource, context: circumstances, filterBy } = args;
    const isPlain = !actions && !resource && !circumstances && !filterBy;
    const ask = () => permissions(snapshot, compiled(snapshot, key), questionOf(snapshot, args));
    const search = recall(snapshot, isPlain ? key : undefined, ask);
    const answer = takenValue(await driveInTurns(context, search));
    const page = paginate({
      list,
      page: args,
      revision: snapshot.revision,
      items: sortPermissions(answer.rows, args.orderBy ?? undefined),
      toNode: (row) => toNode(snapshot, row),
      maxPageSize: MAX_WIDE_PAGE,
    });
    return Object.assign(page, { coverage: new CoverageType(answer.coverage.gaps), revision: snapshot.revision });
  }

  @FieldResolver(() => [PermissionSummaryType], {
    description: "Counts per service and access level; an action with several levels counts once under each.",
  })
  async permissionSummary(
    @Root() { snapshot, key }: PrincipalType,
    @Arg("filterBy", () => PermissionFilters, { nullable: true, description: "Narrows what is counted." })
    filterBy: PermissionFilters | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<readonly PermissionSummaryType[]> {
    const ask = () => permissions(snapshot, compiled(snapshot, key), filtersOf(filterBy));
    const search = recall(snapshot, filterBy ? undefined : key, ask);
    const { rows } = takenValue(await driveInTurns(context, search));
    const levels = filterBy?.accessLevels ? new Set(filterBy.accessLevels) : undefined;
    return summarise(rows, levels).map(({ service, ...counts }) => ({
      service: serviceNode(snapshot, service),
      ...counts,
    }));
  }
}

function compiled({ principalByKey }: Snapshot, key: string): CompiledPrincipal {
  const principal = principalByKey.get(key);
  if (principal === undefined) throw new Error(`principal \`${key}\` was not compiled`);
  return principal;
}

function questionOf(snapshot: Snapshot, args: PermissionsArgs): PermissionsQuestion {
  const resource: ResourceChoice = args.resource
    ? takenValue(takeResource(snapshot, args.resource, "resource"))
    : SOME_RESOURCE;
  const actions = args.actions
    ? takenValue(takeActions(snapshot, args.actions, resource, "actions")).choice
    : undefined;
  return {
    resource,
    context: takenValue(takeContext(args.context ?? undefined, "context")),
    ...(actions === undefined ? {} : { actions }),
    ...filtersOf(args.filterBy),
  };
}

function filtersOf(filters: PermissionFilters | null | undefined): PermissionsQuestion {
  const { services, accessLevels, verdicts } = filters ?? {};
  return {
    ...(services ? { services: new Set(services.map(asciiLower)) } : {}),
    ...(accessLevels ? { accessLevels: new Set(accessLevels) } : {}),
    ...(verdicts ? { verdicts: new Set(verdicts) } : {}),
  };
}

function toNode(snapshot: Snapshot, { action, resourcePatterns, decision }: Permission) {
  return { action: new ActionType(snapshot, action), resourcePatterns, decision: new DecisionType(decision) };
}

function serviceNode(snapshot: Snapshot, code: string): ServiceType {
  const service = snapshot.catalog.services.get(serviceKey(code));
  if (service === undefined) throw new Error(`service \`${code}\` of an action is not in the catalog`);
  return new ServiceType(snapshot, service);
}
