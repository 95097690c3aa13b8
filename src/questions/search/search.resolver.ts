import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import { At } from "../../graphql/at-argument.js";
import type { Connection } from "../../graphql/connection.js";
import { checkLength } from "../../graphql/errors.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import type { NodeType } from "../../graphql/node.type.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import type { RequestContext } from "../../graphql/request-context.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { type SearchType, search } from "./search.js";
import { hitNode, SearchResultConnection, SearchTypeEnum } from "./search-result.type.js";

@Resolver()
export class SearchResolver {
  @Query(() => SearchResultConnection, {
    description:
      "Everything whose name holds a text: whole names first, then beginnings of names, beginnings of words, and the rest.",
  })
  async search(
    @Ctx() context: RequestContext,
    @Arg("query", () => String, {
      description: "Text to find, 1 to 256 characters, letter case ignored; no wildcards.",
    })
    query: string,
    @Arg("types", () => [SearchTypeEnum], {
      nullable: true,
      description: "What to search among; left out, everything.",
    })
    types: readonly SearchType[] | null | undefined,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<Connection<NodeType>> {
    checkLength("query", query, 1, 256);
    const snapshot = await pinnedSnapshot(context, at, { page, list });
    const items = await driveInTurns(context, search(snapshot, query, types ?? undefined));
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items,
      toNode: (hit) => hitNode(snapshot, hit),
    });
  }
}
