import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { findByName } from "../../grants/find-by-name.js";
import { serviceLinkOf } from "../../grants/service-link-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { At } from "../../graphql/at-argument.js";
import type { Connection } from "../../graphql/connection.js";
import { checkLength } from "../../graphql/errors.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { onlyMatch } from "../../graphql/only-match.js";
import { PageArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { resolveReference } from "../../graphql/resolve-reference.js";
import { RoleFilters, RoleOrder } from "../../graphql/role.input.js";
import { RoleConnection, RoleType } from "../../graphql/role.type.js";
import { ServiceLinkType } from "../../graphql/service-link.type.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { SourceType, sourceOf } from "../../graphql/source.type.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { roleKey } from "../../inventory/keys.js";
import { filterRoles } from "./filter-roles.js";

@Resolver(() => RoleType)
export class RoleResolver {
  @Query(() => RoleType, {
    nullable: true,
    description:
      "A role by its name; null when it is unknown. The documentation's roles answer when no account has it.",
  })
  async role(
    @Ctx() context: RequestContext,
    @Arg("name", () => String, { description: "Name of the role; letter case ignored." }) name: string,
    @Arg("accountId", () => String, { nullable: true, description: "Account to look in, or `catalog`." })
    accountId: string | null | undefined,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<RoleType | undefined> {
    const snapshot = await pinnedSnapshot(context, at);
    const keyIn = (account: string) => roleKey(account, name);
    const row = onlyMatch(name, findByName(snapshot, snapshot.roles, keyIn, accountId ?? undefined));
    return row && new RoleType(snapshot, row);
  }

  @Query(() => RoleConnection, { description: "Roles of the documentation and of every account." })
  async roles(
    @Ctx() context: RequestContext,
    @Arg("filterBy", () => RoleFilters, { nullable: true, description: "Narrows the list." })
    filterBy: RoleFilters | null | undefined,
    @Arg("orderBy", () => RoleOrder, { nullable: true, description: "Order of the list; left out, by name." })
    orderBy: RoleOrder | null | undefined,
    @Args() page: PageArgs,
    @List() list: ListRequest,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<Connection<RoleType>> {
    checkLength("filterBy.nameContains", filterBy?.nameContains, 0, 256);
    const snapshot = await pinnedSnapshot(context, at, { page, list });
    const roles = await driveInTurns(context, wantedRoles(snapshot, filterBy ?? {}));
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items: orderBy?.direction === "DESC" ? roles.toReversed() : roles,
      toNode: (row) => new RoleType(snapshot, row),
    });
  }

  @FieldResolver(() => ServiceLinkType, { nullable: true, description: "Set when a cloud service owns the role." })
  serviceLink(@Root() { snapshot, row }: RoleType): ServiceLinkType | undefined {
    const link = serviceLinkOf(snapshot, row);
    return link && new ServiceLinkType(snapshot, link);
  }

  @FieldResolver(() => SourceType, { description: "Page or export that describes the role." })
  source(@Root() { snapshot, row }: RoleType): SourceType {
    return sourceOf(snapshot, row.sourceKey, `role \`${row.name}\``);
  }
}

function* wantedRoles(snapshot: Snapshot, { attachedPolicy, ...filter }: RoleFilters) {
  if (typeof attachedPolicy !== "string") return yield* filterRoles(snapshot, filter);
  const policy = resolveReference(snapshot, attachedPolicy);
  return policy === undefined ? [] : yield* filterRoles(snapshot, { ...filter, attachedPolicy: policy });
}
