import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { ApiOperationConnection, ApiOperationType } from "../../graphql/api-operation.type.js";
import { At } from "../../graphql/at-argument.js";
import { ConditionKeyType } from "../../graphql/condition-key.type.js";
import type { Connection } from "../../graphql/connection.js";
import { checkLength } from "../../graphql/errors.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { ForwardArgs, PageArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import { PolicyConnection, PolicyType } from "../../graphql/policy.type.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { ResourceTypeType } from "../../graphql/resource-type.type.js";
import { ServiceConnection, ServiceType } from "../../graphql/service.type.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { SourceType, sourceOf } from "../../graphql/source.type.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { serviceKey } from "../../inventory/keys.js";
import { servicesContaining } from "./services-containing.js";
import { systemPoliciesOf } from "./system-policies.js";

@Resolver(() => ServiceType)
export class ServiceResolver {
  @Query(() => ServiceType, { nullable: true, description: "A service by its RAM code; null when it is unknown." })
  async service(
    @Ctx() context: RequestContext,
    @Arg("code", () => String, { description: "RAM code such as `ecs`; letter case ignored." }) code: string,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<ServiceType | undefined> {
    const snapshot = await pinnedSnapshot(context, at);
    const row = snapshot.catalog.services.get(serviceKey(code));
    return row && new ServiceType(snapshot, row);
  }

  @Query(() => ServiceConnection, { description: "The services of the catalog, by code." })
  async services(
    @Ctx() context: RequestContext,
    @Arg("nameContains", () => String, {
      nullable: true,
      description: "Only services whose code or name holds this text; letter case ignored.",
    })
    nameContains: string | null | undefined,
    @Args() page: PageArgs,
    @List() list: ListRequest,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<Connection<ServiceType>> {
    checkLength("nameContains", nameContains, 0, 256);
    const snapshot = await pinnedSnapshot(context, at, { page, list });
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items: servicesContaining(snapshot, nameContains ?? ""),
      toNode: (row) => new ServiceType(snapshot, row),
    });
  }

  @FieldResolver(() => ApiOperationConnection, { description: "Calls of its API by name, one for each action needed." })
  operations(
    @Root() { snapshot, key }: ServiceType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): Connection<ApiOperationType> {
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items: snapshot.catalog.operationsOfService.get(key) ?? [],
      toNode: (row) => new ApiOperationType(snapshot, row),
    });
  }

  @FieldResolver(() => [ResourceTypeType], { description: "Kinds of things that its actions work on." })
  resourceTypes(@Root() { snapshot, key }: ServiceType): readonly ResourceTypeType[] {
    return (snapshot.catalog.resourceTypesOfService.get(key) ?? []).map((row) => new ResourceTypeType(snapshot, row));
  }

  @FieldResolver(() => [ConditionKeyType], { description: "Condition keys that it defines itself." })
  conditionKeys(@Root() { snapshot, key }: ServiceType): readonly ConditionKeyType[] {
    return (snapshot.catalog.conditionKeysOfService.get(key) ?? []).map((row) => new ConditionKeyType(snapshot, row));
  }

  @FieldResolver(() => PolicyConnection, {
    description:
      "System policies whose statements name the service, and those of unknown content that its documentation lists.",
  })
  async systemPolicies(
    @Ctx() context: RequestContext,
    @Root() { snapshot, code }: ServiceType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): Promise<Connection<PolicyType>> {
    const items = await driveInTurns(context, systemPoliciesOf(snapshot, code));
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items,
      toNode: (compiled) => new PolicyType(snapshot, compiled),
    });
  }

  @FieldResolver(() => SourceType, { description: "Page that names the service." })
  source(@Root() { snapshot, row }: ServiceType): SourceType {
    return sourceOf(snapshot, row.sourceKey, `service \`${row.code}\``);
  }
}
