import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Connection } from "../../graphql/connection.js";
import { ImportRunType } from "../../graphql/import-run.type.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { cursorOf, paginate } from "../../graphql/paging.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { SnapshotConnection, SnapshotType } from "../../graphql/snapshot.type.js";

@Resolver(() => SnapshotType)
export class SnapshotsResolver {
  @Query(() => SnapshotConnection, {
    description: "The states that can be asked about, newest first, as far back as history is kept.",
  })
  async snapshots(
    @Ctx() context: RequestContext,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): Promise<Connection<SnapshotType>> {
    const newest = await context.snapshotAt();
    // Pages go on from the state that was the newest at the first, so that none is seen twice.
    const revision = cursorOf("after", page, list)?.revision ?? newest.revision;
    return paginate({
      page,
      list,
      revision,
      items: await context.history.revisions(revision),
      toNode: (past) =>
        new SnapshotType(newest, { ...past, load: () => context.snapshotAt({ revision: past.revision }) }),
    });
  }

  @FieldResolver(() => ImportRunType, {
    nullable: true,
    description:
      "The run that made it; null for a change by other means, a supposed one, and one that is not yours to see.",
  })
  async importRun(
    @Ctx() { history }: RequestContext,
    @Root() { revision, isHypothetical }: SnapshotType,
  ): Promise<ImportRunType | undefined> {
    const run = isHypothetical ? undefined : await history.importRun(revision);
    return run && new ImportRunType(run);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "What keeps answers from a newer state than this; null while the newest is followed.",
  })
  async trouble(@Ctx() context: RequestContext, @Root() { revision }: SnapshotType): Promise<string | undefined> {
    return revision === (await context.snapshotAt()).revision ? context.trouble : undefined;
  }
}
