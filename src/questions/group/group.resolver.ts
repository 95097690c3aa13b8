import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { filterNamed, type NameFilter } from "../../grants/filter-named.js";
import { findByName } from "../../grants/find-by-name.js";
import { nameOrder } from "../../grants/name-order.js";
import { partsOf } from "../../grants/parts-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { AccountType } from "../../graphql/account.type.js";
import { At } from "../../graphql/at-argument.js";
import { attachmentPage } from "../../graphql/attachment-page.js";
import type { Connection } from "../../graphql/connection.js";
import { checkLength } from "../../graphql/errors.js";
import { GroupConnection, GroupType } from "../../graphql/group.type.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { onlyMatch } from "../../graphql/only-match.js";
import { ForwardArgs, PageArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import { PolicyAttachmentConnection, type PolicyAttachmentType } from "../../graphql/policy-attachment.type.js";
import type { RequestContext } from "../../graphql/request-context.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { driveInTurns, type OrLater, workInTurn } from "../../graphql/take-turn.js";
import { UserConnection, UserType } from "../../graphql/user.type.js";
import { groupKey, type Key } from "../../inventory/keys.js";

@Resolver(() => GroupType)
export class GroupResolver {
  @Query(() => GroupType, { nullable: true, description: "A group by its name; null when it is unknown." })
  async group(
    @Ctx() context: RequestContext,
    @Arg("name", () => String, { description: "Name of the group; letter case ignored." }) name: string,
    @Arg("accountId", () => String, { nullable: true, description: "Account to look in; left out, all." })
    accountId: string | null | undefined,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<GroupType | undefined> {
    const snapshot = await pinnedSnapshot(context, at);
    const keyIn = (account: string) => groupKey(account, name);
    const row = onlyMatch(name, findByName(snapshot, snapshot.groups, keyIn, accountId ?? undefined));
    return row && new GroupType(snapshot, row);
  }

  @Query(() => GroupConnection, { description: "The groups of all accounts, by name." })
  async groups(
    @Ctx() context: RequestContext,
    @Arg("nameContains", () => String, {
      nullable: true,
      description: "Only groups whose name holds this text; letter case ignored.",
    })
    nameContains: string | null | undefined,
    @Arg("accountIds", () => [String], { nullable: true, description: "Only groups of these accounts." })
    accountIds: readonly string[] | null | undefined,
    @Args() page: PageArgs,
    @List() list: ListRequest,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<Connection<GroupType>> {
    checkLength("nameContains", nameContains, 0, 256);
    const snapshot = await pinnedSnapshot(context, at, { page, list });
    const items = await driveInTurns(context, groupsNamed(snapshot, { nameContains, accountIds }));
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items,
      toNode: ({ row }) => new GroupType(snapshot, row),
    });
  }

  @FieldResolver(() => AccountType, { description: "Account that it belongs to." })
  account(@Root() { snapshot, row }: GroupType): AccountType {
    return new AccountType(snapshot, row.accountId);
  }

  @FieldResolver(() => UserConnection, { description: "Users who are members." })
  users(
    @Ctx() context: RequestContext,
    @Root() { snapshot, key }: GroupType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): OrLater<Connection<UserType>> {
    return workInTurn(context, () =>
      paginate({
        page,
        list,
        revision: snapshot.revision,
        items: snapshot.usersOfGroup.get(key) ?? [],
        toNode: (member) => memberNode(snapshot, member),
      }),
    );
  }

  @FieldResolver(() => PolicyAttachmentConnection, { description: "Policies attached to it, for all its members." })
  attachments(
    @Ctx() context: RequestContext,
    @Root() { snapshot, key }: GroupType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): OrLater<Connection<PolicyAttachmentType>> {
    return attachmentPage({ context, snapshot, page, list }, () => partsOf(snapshot.attachmentsOfPrincipal, key));
  }
}

function memberNode(snapshot: Snapshot, key: Key): UserType {
  const user = snapshot.users.get(key);
  if (user === undefined) throw new Error(`a group has the unknown member \`${key}\``);
  return new UserType(snapshot, user);
}

function* groupsNamed(snapshot: Snapshot, filter: NameFilter) {
  return yield* filterNamed(yield* nameOrder(snapshot).groups(), filter);
}
