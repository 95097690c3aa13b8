import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { RoleType } from "../../graphql/role.type.js";
import { driveInTurns, takeTurn } from "../../graphql/take-turn.js";
import { takenValue } from "../../graphql/taken-value.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import { ASSUME_ROLE } from "../access/assume-role.js";
import { coverageOf } from "../access/coverage.js";
import { accessPage, PrincipalAccessConnection, type PrincipalAccessPage } from "../access/principal-access.type.js";
import { rememberSearch } from "../access/remember-search.js";
import { NOT_A_PLAIN_NO } from "../access/verdict-rank.js";
import { AccessChangeConnection, type AccessChangePage, AccessChangeType } from "../compare/access-change.type.js";
import type { Differences } from "../compare/differences.js";
import type { PrincipalAccess } from "../who-can/principal-access.js";
import { whoCan } from "../who-can/who-can.js";
import { DeletionImpactType, DeletionVerdictEnum } from "./deletion-impact.type.js";
import { type DeletionVerdict, deletionVerdict } from "./deletion-verdict.js";
import { lostAccess } from "./lost-access.js";
import { deletionQuestion } from "./role-deletion.js";
import { strandedBy } from "./stranded.js";

const keyOf = ({ accountId, name }: Role): Key => roleKey(accountId, name);
const recallVerdict = rememberSearch<Snapshot, DeletionVerdict>(() => 1);
const recallLost = rememberSearch<Snapshot, Differences>(({ rows }) => rows.length);
const recallStranded = rememberSearch<Snapshot, readonly PrincipalAccess[]>(({ length }) => length);

@Resolver(() => RoleType)
export class RoleDeletionResolver {
  @FieldResolver(() => DeletionImpactType, {
    description: "What is lost if it goes, what must go first, how it comes back.",
  })
  async deletionImpact(
    @Root() { snapshot, row }: RoleType,
    @Ctx() context: RequestContext,
  ): Promise<DeletionImpactType> {
    await takeTurn(context);
    return new DeletionImpactType(snapshot, row);
  }
}

@Resolver(() => DeletionImpactType)
export class DeletionImpactResolver {
  @FieldResolver(() => DeletionVerdictEnum, { description: "The impact in one word." })
  async verdict(
    @Root() { snapshot, role, deletion }: DeletionImpactType,
    @Ctx() context: RequestContext,
  ): Promise<DeletionVerdict> {
    return await driveInTurns(
      context,
      recallVerdict(snapshot, keyOf(role), () => deletionVerdict(snapshot, role, deletion)),
    );
  }

  @FieldResolver(() => AccessChangeConnection, {
    description:
      "Access that goes with it: the role's own, and that of those who might have assumed it. By principal, action of the catalog and resource pattern.",
  })
  async lostAccess(
    @Root() { snapshot, role }: DeletionImpactType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
    @Ctx() context: RequestContext,
  ): Promise<AccessChangePage> {
    const { rows, gaps } = await driveInTurns(
      context,
      recallLost(snapshot, keyOf(role), () => lostAccess(snapshot, role)),
    );
    const { revision } = snapshot;
    const cut = paginate({ list, page, revision, items: rows, toNode: (change) => new AccessChangeType(change) });
    return Object.assign(cut, { coverage: new CoverageType(gaps) });
  }

  @FieldResolver(() => PrincipalAccessConnection, {
    description:
      "Users and roles that reach something only through this role: without it neither they nor any other role that they get to may do it. Each with the decision on getting to this one.",
  })
  async stranded(
    @Root() { snapshot, role }: DeletionImpactType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
    @Ctx() context: RequestContext,
  ): Promise<PrincipalAccessPage> {
    const rows = await driveInTurns(
      context,
      recallStranded(snapshot, keyOf(role), () => strandedBy(snapshot, role)),
    );
    const accountIds = new Set(role.accountId === CATALOG_ACCOUNT ? [] : [role.accountId]);
    const policies = snapshot.actionIndex.candidates(ASSUME_ROLE);
    const coverage = coverageOf(snapshot, { accountIds, services: new Set(["sts"]), policies });
    return await accessPage(context, snapshot, { rows, coverage }, { page, list });
  }

  @FieldResolver(() => PrincipalAccessConnection, {
    description:
      "Who may delete it: `ram:DeleteServiceLinkedRole` for its service's name, else `ram:DeleteRole`. A role of the documentation is asked about in every account.",
  })
  async whoCanDelete(
    @Root() { snapshot, role }: DeletionImpactType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
    @Ctx() context: RequestContext,
  ): Promise<PrincipalAccessPage> {
    const search = whoCan(snapshot, deletionQuestion(snapshot, role), {
      verdicts: NOT_A_PLAIN_NO,
      reach: "DIRECT",
      ...(role.accountId === CATALOG_ACCOUNT ? {} : { accountIds: new Set([role.accountId]) }),
    });
    return await accessPage(context, snapshot, takenValue(await driveInTurns(context, search)), { page, list });
  }
}
