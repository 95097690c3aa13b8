import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { CoverageType } from "../../graphql/coverage.type.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { DecisionType } from "../access/decision.type.js";
import { GuardianConnection, type GuardianPage, GuardianType } from "./guardian.type.js";
import { guardiansOf } from "./guardians.js";

@Resolver(() => DecisionType)
export class GuardiansResolver {
  @FieldResolver(() => GuardianConnection, {
    description:
      "Who can change this answer: who may edit the policies, the attachments or the trust that settled it, or, where nothing allowed it, make something that does. Each with the decision on the call. The root of the account can always and is not listed.",
  })
  async guardians(
    @Root() { decision }: DecisionType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
    @Ctx() context: RequestContext,
  ): Promise<GuardianPage> {
    const { rows, coverage } = await driveInTurns(context, guardiansOf(decision));
    const { snapshot } = decision;
    const { revision } = snapshot;
    const cut = paginate({ list, page, revision, items: rows, toNode: (row) => new GuardianType(snapshot, row) });
    return Object.assign(cut, { coverage: new CoverageType(coverage.gaps), revision });
  }
}
