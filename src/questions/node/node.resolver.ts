import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { findByArn } from "../../grants/find-by-arn.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { At } from "../../graphql/at-argument.js";
import { isRevisionRefusal, refusal } from "../../graphql/errors.js";
import { decodeId } from "../../graphql/global-id.js";
import { loadNode } from "../../graphql/load-node.js";
import { NodeType } from "../../graphql/node.type.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { ArnScalar } from "../../graphql/scalars.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { SnapshotType } from "../../graphql/snapshot.type.js";

/** How many ids `nodes` takes at once. */
const MAX_IDS = 100;

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, { nullable: true, description: "The object of a global id; null when there is none." })
  async node(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Global id that some answer gave." }) id: string,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<NodeType | undefined> {
    return loadId(context, await pinnedSnapshot(context, at), id);
  }

  @Query(() => [NodeType], {
    nullable: "items",
    description: "Up to 100 objects by their global ids, in that order; null where an id is unknown.",
  })
  async nodes(
    @Ctx() context: RequestContext,
    @Arg("ids", () => [ID], { description: "Global ids that some answer gave." }) ids: readonly string[],
    @At() at: SnapshotInput | null | undefined,
  ): Promise<readonly (NodeType | undefined)[]> {
    if (ids.length > MAX_IDS)
      throw refusal("ids", `${ids.length} ids are too many; ask for at most ${MAX_IDS} at once`);
    const snapshot = await pinnedSnapshot(context, at);
    return Promise.all(ids.map((id) => loadId(context, snapshot, id)));
  }

  @Query(() => NodeType, {
    nullable: true,
    description: "A user, group, role or policy by its ARN, letter case ignored; null when nobody has it.",
  })
  async byArn(
    @Ctx() context: RequestContext,
    @Arg("arn", () => ArnScalar, { description: "ARN of RAM, e.g. `acs:ram::1234567890123456:user/alice`." })
    arn: string,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<NodeType | undefined> {
    const snapshot = await pinnedSnapshot(context, at);
    const key = findByArn(snapshot, arn);
    return key === undefined ? undefined : loadNode(snapshot, key);
  }
}

/** The id of a snapshot names its own revision, whichever one is asked about. */
async function loadId(context: RequestContext, snapshot: Snapshot, id: string): Promise<NodeType | undefined> {
  const key = decodeId(id) ?? "";
  const revision = /^snapshot:(\d{1,18})$/.exec(key)?.[1];
  if (revision === undefined || revision === snapshot.revision) return loadNode(snapshot, key);
  try {
    return new SnapshotType(await context.snapshotAt({ revision }));
  } catch (error) {
    if (isRevisionRefusal(error)) return undefined;
    throw error;
  }
}
