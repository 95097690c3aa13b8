import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { ActionConnection, ActionType, actionsNamed } from "../../graphql/action.type.js";
import { ActionFilters } from "../../graphql/action-filters.input.js";
import { ApiOperationType } from "../../graphql/api-operation.type.js";
import { At } from "../../graphql/at-argument.js";
import { ConditionKeyType, conditionKeysNamed } from "../../graphql/condition-key.type.js";
import type { Connection } from "../../graphql/connection.js";
import { checkLength } from "../../graphql/errors.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { ForwardArgs, PageArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import { PolicyConnection, PolicyType } from "../../graphql/policy.type.js";
import { PolicyTypeEnum } from "../../graphql/policy-enums.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { ResourceTypeType } from "../../graphql/resource-type.type.js";
import { ServiceType, serviceOf } from "../../graphql/service.type.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { compareBytes } from "../../inventory/byte-order.js";
import { actionKey, resourceTypeKey } from "../../inventory/keys.js";
import type { PolicyType as PolicyTypeWord } from "../../inventory/policy.js";
import { filterPolicies } from "../policy/filter-policies.js";
import { filterActions } from "./filter-actions.js";

@Resolver(() => ActionType)
export class ActionResolver {
  @Query(() => ActionType, { nullable: true, description: "An action by its exact name; null when it is unknown." })
  async action(
    @Ctx() context: RequestContext,
    @Arg("name", () => String, { description: "`service:Name`; letter case ignored." }) name: string,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<ActionType | undefined> {
    const snapshot = await pinnedSnapshot(context, at);
    const row = snapshot.catalog.actions.get(actionKey(name));
    return row && new ActionType(snapshot, row);
  }

  @Query(() => ActionConnection, {
    description: "The actions of the catalog by name; with `pattern`, those that a policy's wildcard stands for.",
  })
  async actions(
    @Ctx() context: RequestContext,
    @Arg("pattern", () => String, {
      nullable: true,
      description: "`service:Name` as in a policy: `*` for any run of characters, `?` for one; letter case ignored.",
    })
    pattern: string | null | undefined,
    @Arg("filterBy", () => ActionFilters, { nullable: true, description: "Narrows the list." })
    filterBy: ActionFilters | null | undefined,
    @Args() page: PageArgs,
    @List() list: ListRequest,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<Connection<ActionType>> {
    checkLength("pattern", pattern, 1, 256);
    const snapshot = await pinnedSnapshot(context, at, { page, list });
    const items = await driveInTurns(context, filterActions(snapshot, filterBy ?? {}, { pattern }));
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items,
      toNode: (row) => new ActionType(snapshot, row),
    });
  }

  @FieldResolver(() => ServiceType, { description: "Service that it belongs to." })
  service(@Root() { snapshot, row }: ActionType): ServiceType {
    return serviceOf(snapshot, row.service);
  }

  @FieldResolver(() => [ApiOperationType], { description: "Calls that need it; none where no page lists the action." })
  operations(@Root() action: ActionType): readonly ApiOperationType[] {
    return operationsOf(action).map((row) => new ApiOperationType(action.snapshot, row));
  }

  @FieldResolver(() => [ResourceTypeType], { description: "Kinds of things that its operations work on." })
  resourceTypes(@Root() action: ActionType): readonly ResourceTypeType[] {
    const keys = operationsOf(action).flatMap(({ service, resources }) =>
      resources.flatMap(({ resourceType }) =>
        resourceType === undefined ? [] : resourceTypeKey(service, resourceType),
      ),
    );
    const { snapshot } = action;
    return [...new Set(keys)].sort(compareBytes).flatMap((key) => {
      const row = snapshot.catalog.resourceTypes.get(key);
      return row === undefined ? [] : [new ResourceTypeType(snapshot, row)];
    });
  }

  @FieldResolver(() => [ConditionKeyType], { description: "Condition keys that its operations know." })
  conditionKeys(@Root() action: ActionType): readonly ConditionKeyType[] {
    const names = new Set(operationsOf(action).flatMap(({ conditionKeys }) => conditionKeys));
    return conditionKeysNamed(action.snapshot, [...names].sort(compareBytes));
  }

  @FieldResolver(() => [ActionType], { description: "Actions that its operations need besides." })
  dependentActions(@Root() action: ActionType): readonly ActionType[] {
    const names = new Set(operationsOf(action).flatMap(({ dependentActions }) => dependentActions));
    return actionsNamed(action.snapshot, [...names].sort(compareBytes));
  }

  @FieldResolver(() => [ActionType], { description: "Actions whose operations need this one besides." })
  requiredBy(@Root() { snapshot, key }: ActionType): readonly ActionType[] {
    return (snapshot.catalog.requiredBy.get(key) ?? []).flatMap((by) => {
      const row = snapshot.catalog.actions.get(by);
      return row === undefined ? [] : [new ActionType(snapshot, row)];
    });
  }

  @FieldResolver(() => PolicyConnection, {
    description: "Policies with an Allow statement that covers it, wildcards considered, by name.",
  })
  async grantedBy(
    @Ctx() context: RequestContext,
    @Root() { snapshot, name }: ActionType,
    @Arg("types", () => [PolicyTypeEnum], { nullable: true, description: "Only policies of these types." })
    types: readonly PolicyTypeWord[] | null | undefined,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): Promise<Connection<PolicyType>> {
    const items = await driveInTurns(context, filterPolicies(snapshot, { grantsAction: name, types }));
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items,
      toNode: (compiled) => new PolicyType(snapshot, compiled),
    });
  }
}

function operationsOf({ snapshot, key }: ActionType) {
  return snapshot.catalog.operationsOfAction.get(key) ?? [];
}
