import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { At } from "../../graphql/at-argument.js";
import type { Connection } from "../../graphql/connection.js";
import { checkLength, refusal } from "../../graphql/errors.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { onlyMatch } from "../../graphql/only-match.js";
import { PageArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import { PolicyFilters, PolicyOrder } from "../../graphql/policy.input.js";
import { PolicyConnection, PolicyType } from "../../graphql/policy.type.js";
import { PolicyTypeEnum } from "../../graphql/policy-enums.js";
import type { RequestContext } from "../../graphql/request-context.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import type { PolicyType as PolicyTypeWord } from "../../inventory/policy.js";
import { byAttachmentCount, filterPolicies } from "./filter-policies.js";
import { findPolicy } from "./find-policy.js";

@Resolver()
export class PolicyResolver {
  @Query(() => PolicyType, {
    nullable: true,
    description:
      "A policy by its name; null when it is unknown. Policies of the cloud answer when no account has the name.",
  })
  async policy(
    @Ctx() context: RequestContext,
    @Arg("name", () => String, { description: "Name of the policy; letter case ignored." }) name: string,
    @Arg("type", () => PolicyTypeEnum, { nullable: true, description: "Only a policy of this type." })
    type: PolicyTypeWord | null | undefined,
    @Arg("accountId", () => String, {
      nullable: true,
      description: "Account to look in, or `catalog` for policies that belong to the cloud.",
    })
    accountId: string | null | undefined,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<PolicyType | undefined> {
    const snapshot = await pinnedSnapshot(context, at);
    const compiled = onlyMatch(name, findPolicy(snapshot, name, type ?? undefined, accountId ?? undefined));
    return compiled && new PolicyType(snapshot, compiled);
  }

  @Query(() => PolicyConnection, { description: "Policies of the cloud and of every account." })
  async policies(
    @Ctx() context: RequestContext,
    @Arg("filterBy", () => PolicyFilters, { nullable: true, description: "Narrows the list." })
    filterBy: PolicyFilters | null | undefined,
    @Arg("orderBy", () => PolicyOrder, { nullable: true, description: "Order of the list; left out, by name." })
    orderBy: PolicyOrder | null | undefined,
    @Args() page: PageArgs,
    @List() list: ListRequest,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<Connection<PolicyType>> {
    checkLength("filterBy.nameContains", filterBy?.nameContains, 0, 256);
    checkAction(filterBy?.grantsAction);
    const snapshot = await pinnedSnapshot(context, at, { page, list });
    const items = await driveInTurns(context, listPolicies(snapshot, filterBy ?? {}, orderBy));
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items,
      toNode: (compiled) => new PolicyType(snapshot, compiled),
    });
  }
}

function* listPolicies(
  snapshot: Snapshot,
  filter: PolicyFilters,
  orderBy: PolicyOrder | null | undefined,
): Generator<undefined, readonly CompiledPolicy[], undefined> {
  const policies = yield* filterPolicies(snapshot, filter);
  const isDescending = orderBy?.direction === "DESC";
  if (orderBy?.field !== "ATTACHMENT_COUNT") return isDescending ? policies.toReversed() : policies;
  return yield* byAttachmentCount(snapshot, policies, isDescending);
}

/** A pattern would ask for policies that grant some or all of a set; the filter asks about one action. */
function checkAction(name: string | null | undefined): void {
  if (typeof name !== "string" || /^[^\s:*?]{1,64}:[^\s:*?]{1,192}$/.test(name)) return;
  const shown = name.slice(0, 64);
  throw refusal("filterBy.grantsAction", `\`${shown}\` is no action; write \`service:Name\` without wildcards`);
}
