import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Connection } from "../../graphql/connection.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { RoleConnection, RoleType } from "../../graphql/role.type.js";
import { ServiceType, serviceOf } from "../../graphql/service.type.js";
import { ServiceDependencyType, ServiceLinkType } from "../../graphql/service-link.type.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { CATALOG_ACCOUNT, roleKey, serviceKey } from "../../inventory/keys.js";
import { asciiLower } from "../../policy/ascii.js";
import { linkedRolesOf } from "./linked-roles.js";

@Resolver(() => ServiceType)
export class ServiceLinksResolver {
  @FieldResolver(() => RoleConnection, {
    description: "Its service-linked roles by name, in the documentation and in every account.",
  })
  async serviceLinkedRoles(
    @Ctx() context: RequestContext,
    @Root() { snapshot, code }: ServiceType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): Promise<Connection<RoleType>> {
    const items = await driveInTurns(context, linkedRolesOf(snapshot, code));
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items,
      toNode: (row) => new RoleType(snapshot, row),
    });
  }

  @FieldResolver(() => [ServiceDependencyType], {
    description: "Services that it reaches with its service-linked roles.",
  })
  dependsOn(@Root() { snapshot, key }: ServiceType): readonly ServiceDependencyType[] {
    return (snapshot.catalog.dependenciesFrom.get(key) ?? []).map((row) => new ServiceDependencyType(snapshot, row));
  }

  @FieldResolver(() => [ServiceDependencyType], {
    description: "Services that reach it with their service-linked roles.",
  })
  usedBy(@Root() { snapshot, key }: ServiceType): readonly ServiceDependencyType[] {
    return (snapshot.catalog.dependenciesTo.get(key) ?? []).map((row) => new ServiceDependencyType(snapshot, row));
  }
}

@Resolver(() => ServiceLinkType)
export class ServiceLinkResolver {
  @FieldResolver(() => ServiceType, { description: "Service that owns the role." })
  service(@Root() { snapshot, row }: ServiceLinkType): ServiceType {
    return serviceOf(snapshot, row.service);
  }

  @FieldResolver(() => [ServiceDependencyType], { description: "Services that the role reaches, and what for." })
  dependencies(@Root() { snapshot, row }: ServiceLinkType): readonly ServiceDependencyType[] {
    const ofService = snapshot.catalog.dependenciesFrom.get(serviceKey(row.service)) ?? [];
    return ofService
      .filter(({ roleName }) => asciiLower(roleName) === asciiLower(row.roleName))
      .map((dependency) => new ServiceDependencyType(snapshot, dependency));
  }
}

@Resolver(() => ServiceDependencyType)
export class ServiceDependencyResolver {
  @FieldResolver(() => ServiceType, { description: "Service that owns the role." })
  from(@Root() { snapshot, row }: ServiceDependencyType): ServiceType {
    return serviceOf(snapshot, row.from);
  }

  @FieldResolver(() => ServiceType, { description: "Service that the role reaches." })
  to(@Root() { snapshot, row }: ServiceDependencyType): ServiceType {
    return serviceOf(snapshot, row.to);
  }

  @FieldResolver(() => RoleType, { description: "Role by which it is reached." })
  role(@Root() { snapshot, row }: ServiceDependencyType): RoleType {
    const role = snapshot.roles.get(roleKey(CATALOG_ACCOUNT, row.roleName));
    if (role === undefined)
      throw new Error(`a dependency of \`${row.from}\` names the unknown role \`${row.roleName}\``);
    return new RoleType(snapshot, role);
  }
}
