import { Args, Ctx, Query, Resolver } from "type-graphql";
import { AccountConnection, AccountType } from "../../graphql/account.type.js";
import { At } from "../../graphql/at-argument.js";
import type { Connection } from "../../graphql/connection.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import type { RequestContext } from "../../graphql/request-context.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";

@Resolver()
export class AccountResolver {
  @Query(() => AccountConnection, {
    description: "The accounts that were imported, by id, and `catalog`, which holds the roles of the documentation.",
  })
  async accounts(
    @Ctx() context: RequestContext,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<Connection<AccountType>> {
    const snapshot = await pinnedSnapshot(context, at, { page, list });
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items: [...snapshot.accounts.keys(), CATALOG_ACCOUNT],
      toNode: (id) => new AccountType(snapshot, id),
    });
  }
}
