import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { filterNamed, type NameFilter } from "../../grants/filter-named.js";
import { findByName } from "../../grants/find-by-name.js";
import { nameOrder } from "../../grants/name-order.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { At } from "../../graphql/at-argument.js";
import type { Connection } from "../../graphql/connection.js";
import { checkLength } from "../../graphql/errors.js";
import { GroupConnection, GroupType } from "../../graphql/group.type.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { onlyMatch } from "../../graphql/only-match.js";
import { ForwardArgs, PageArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import type { RequestContext } from "../../graphql/request-context.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { driveInTurns, type OrLater, workInTurn } from "../../graphql/take-turn.js";
import { UserConnection, UserType } from "../../graphql/user.type.js";
import { userKey } from "../../inventory/keys.js";
import type { Group } from "../../inventory/principal.js";

@Resolver(() => UserType)
export class UserResolver {
  @Query(() => UserType, { nullable: true, description: "A user by its name; null when it is unknown." })
  async user(
    @Ctx() context: RequestContext,
    @Arg("name", () => String, { description: "Name of the user; letter case ignored." }) name: string,
    @Arg("accountId", () => String, { nullable: true, description: "Account to look in; left out, all." })
    accountId: string | null | undefined,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<UserType | undefined> {
    const snapshot = await pinnedSnapshot(context, at);
    const keyIn = (account: string) => userKey(account, name);
    const row = onlyMatch(name, findByName(snapshot, snapshot.users, keyIn, accountId ?? undefined));
    return row && new UserType(snapshot, row);
  }

  @Query(() => UserConnection, { description: "The users of all accounts, by name." })
  async users(
    @Ctx() context: RequestContext,
    @Arg("nameContains", () => String, {
      nullable: true,
      description: "Only users whose name holds this text; letter case ignored.",
    })
    nameContains: string | null | undefined,
    @Arg("accountIds", () => [String], { nullable: true, description: "Only users of these accounts." })
    accountIds: readonly string[] | null | undefined,
    @Args() page: PageArgs,
    @List() list: ListRequest,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<Connection<UserType>> {
    checkLength("nameContains", nameContains, 0, 256);
    const snapshot = await pinnedSnapshot(context, at, { page, list });
    const items = await driveInTurns(context, usersNamed(snapshot, { nameContains, accountIds }));
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items,
      toNode: ({ row }) => new UserType(snapshot, row),
    });
  }

  @FieldResolver(() => GroupConnection, { description: "Groups that the user is a member of." })
  groups(
    @Ctx() context: RequestContext,
    @Root() { snapshot, key }: UserType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): OrLater<Connection<GroupType>> {
    return workInTurn(context, () => {
      const rows = (snapshot.groupsOfUser.get(key) ?? []).flatMap((group) => snapshot.groups.get(group) ?? []);
      const toNode = (row: Group) => new GroupType(snapshot, row);
      return paginate({ page, list, revision: snapshot.revision, items: rows, toNode });
    });
  }
}

function* usersNamed(snapshot: Snapshot, filter: NameFilter) {
  return yield* filterNamed(yield* nameOrder(snapshot).users(), filter);
}
