import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { actionsCovered } from "../../grants/covered-actions.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { ActionConnection, ActionType } from "../../graphql/action.type.js";
import { ActionFilters } from "../../graphql/action-filters.input.js";
import { ConditionKeyType } from "../../graphql/condition-key.type.js";
import type { Connection } from "../../graphql/connection.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { PolicyStatementType } from "../../graphql/policy-statement.type.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { ResourceTypeType } from "../../graphql/resource-type.type.js";
import { ServiceType } from "../../graphql/service.type.js";
import { ServiceDependencyType } from "../../graphql/service-link.type.js";
import { driveInTurns, type OrLater, workInTurn } from "../../graphql/take-turn.js";
import type { Action } from "../../inventory/catalog.js";
import { dependencyActions } from "./dependency-actions.js";
import { filterActions } from "./filter-actions.js";

@Resolver(() => ServiceType)
export class ServiceActionsResolver {
  @FieldResolver(() => ActionConnection, { description: "Its actions by name, also those that only policies name." })
  async actions(
    @Ctx() context: RequestContext,
    @Root() { snapshot, code }: ServiceType,
    @Arg("filterBy", () => ActionFilters, { nullable: true, description: "Narrows the list." })
    filterBy: ActionFilters | null | undefined,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): Promise<Connection<ActionType>> {
    return toPage(
      snapshot,
      await driveInTurns(context, filterActions(snapshot, filterBy ?? {}, { service: code })),
      page,
      list,
    );
  }
}

@Resolver(() => ResourceTypeType)
export class ResourceTypeActionsResolver {
  @FieldResolver(() => ActionConnection, { description: "Actions whose operations work on it." })
  async actions(
    @Ctx() context: RequestContext,
    @Root() { snapshot, row }: ResourceTypeType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): Promise<Connection<ActionType>> {
    const filter = { services: [row.service], resourceType: row.name };
    return toPage(snapshot, await driveInTurns(context, filterActions(snapshot, filter)), page, list);
  }
}

@Resolver(() => ConditionKeyType)
export class ConditionKeyActionsResolver {
  @FieldResolver(() => ActionConnection, { description: "Actions whose operations know the key." })
  async actions(
    @Ctx() context: RequestContext,
    @Root() { snapshot, name }: ConditionKeyType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): Promise<Connection<ActionType>> {
    return toPage(snapshot, await driveInTurns(context, filterActions(snapshot, { conditionKey: name })), page, list);
  }
}

@Resolver(() => PolicyStatementType)
export class PolicyStatementActionsResolver {
  @FieldResolver(() => ActionConnection, { description: "Actions of the catalog that it covers, wildcards expanded." })
  actions(
    @Ctx() context: RequestContext,
    @Root() { snapshot, statement }: PolicyStatementType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): OrLater<Connection<ActionType>> {
    return workInTurn(context, () => toPage(snapshot, actionsCovered(snapshot.catalog, statement), page, list));
  }
}

@Resolver(() => ServiceDependencyType)
export class ServiceDependencyActionsResolver {
  @FieldResolver(() => ActionConnection, {
    description: "Actions of the service reached that the role's policy allows.",
  })
  actions(
    @Ctx() context: RequestContext,
    @Root() { snapshot, row }: ServiceDependencyType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): OrLater<Connection<ActionType>> {
    return workInTurn(context, () => toPage(snapshot, dependencyActions(snapshot, row), page, list));
  }
}

function toPage(
  snapshot: Snapshot,
  items: readonly Action[],
  page: ForwardArgs,
  list: ListRequest,
): Connection<ActionType> {
  const toNode = (row: Action) => new ActionType(snapshot, row);
  return paginate({ page, list, revision: snapshot.revision, items, toNode });
}
