import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { refusal } from "../../graphql/errors.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { ServicePrincipalType } from "../../graphql/outsider.type.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { PrincipalType } from "../../graphql/principal.type.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { RoleType } from "../../graphql/role.type.js";
import { ServiceType } from "../../graphql/service.type.js";
import { driveInTurns, type OrLater, workInTurn } from "../../graphql/take-turn.js";
import { CATALOG_ACCOUNT, serviceKey } from "../../inventory/keys.js";
import { codeInPrincipal } from "../../inventory/link-services.js";
import { ASSUME_ROLE } from "../access/assume-role.js";
import { type AnswerCoverage, coverageOf } from "../access/coverage.js";
import {
  accessPage,
  PrincipalAccessConnection,
  PrincipalAccessEdge,
  type PrincipalAccessPage,
  pageOfAccess,
} from "../access/principal-access.type.js";
import type { ReachMode } from "../who-can/principal-access.js";
import { AccessPathType } from "./access-path.type.js";
import { type AssumableRole, assumableRoles } from "./assumable-roles.js";
import { assumersOf } from "./assumers.js";
import { ReachEnum } from "./reach-mode.type.js";

const MAX_PATHS = 100;

@Resolver(() => RoleType)
export class RoleAssumersResolver {
  @FieldResolver(() => PrincipalAccessConnection, {
    description: "Who may assume it: RAM principals, cloud services, and what lies outside of the imported accounts.",
  })
  async assumableBy(
    @Root() { snapshot, row }: RoleType,
    @Arg("reach", () => ReachEnum, { nullable: true, defaultValue: "DIRECT", description: "How far to look." })
    reach: ReachMode | null,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
    @Ctx() context: RequestContext,
  ): Promise<PrincipalAccessPage> {
    const rows = await driveInTurns(context, assumersOf(snapshot, row, reach === "ASSUMED"));
    return await accessPage(
      context,
      snapshot,
      { rows, coverage: coverageAbout(snapshot, row.accountId) },
      { page, list },
    );
  }
}

@Resolver(() => PrincipalType)
export class AssumableRolesResolver {
  @FieldResolver(() => PrincipalAccessConnection, { description: "Roles that this principal may assume." })
  async assumableRoles(
    @Root() { snapshot, key, accountId }: PrincipalType,
    @Arg("reach", () => ReachEnum, { nullable: true, defaultValue: "DIRECT", description: "How far to look." })
    reach: ReachMode | null,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
    @Ctx() context: RequestContext,
  ): Promise<PrincipalAccessPage> {
    const principal = snapshot.principalByKey.get(key);
    if (principal === undefined) throw new Error(`principal \`${key}\` was not compiled`);
    const items = await driveInTurns(context, assumableRoles(snapshot, principal, reach === "ASSUMED"));
    const { revision } = snapshot;
    const cut = paginate({ list, page, revision, items, toNode: (item) => item });
    const toNode = ({ role }: AssumableRole) => new RoleType(snapshot, role);
    return await pageOfAccess(context, cut, toNode, { coverage: coverageAbout(snapshot, accountId) }, revision);
  }
}

@Resolver(() => PrincipalAccessEdge)
export class AccessPathsResolver {
  @FieldResolver(() => [AccessPathType], { description: "How the principal gets there. Filled for reach ASSUMED." })
  paths(
    @Root() { path, decision }: PrincipalAccessEdge,
    @Arg("first", () => Int, { nullable: true, defaultValue: 1, description: "How many, 1 to 100." })
    first: number | null,
    @Ctx() context: RequestContext,
  ): OrLater<readonly AccessPathType[]> {
    if (first !== null && (first < 1 || first > MAX_PATHS)) {
      throw refusal("first", `\`${first}\` is out of range; ask for 1 to ${MAX_PATHS} at once`);
    }
    if (path === undefined) return [];
    return workInTurn(context, () => [new AccessPathType(decision.decision.snapshot, path)]);
  }
}

@Resolver(() => ServicePrincipalType)
export class ServicePrincipalResolver {
  @FieldResolver(() => ServiceType, { nullable: true, description: "The service, where the catalog knows it." })
  service(@Root() { snapshot, serviceName }: ServicePrincipalType): ServiceType | undefined {
    const service = snapshot.catalog.services.get(serviceKey(serviceOfPrincipal(snapshot, serviceName)));
    return service === undefined ? undefined : new ServiceType(snapshot, service);
  }
}

/** A service-linked role's page says whose principal it is; else the name before the domain may be a code. */
function serviceOfPrincipal({ inventory }: Snapshot, serviceName: string): string {
  const link = inventory.serviceLinks.find((each) => each.serviceName === serviceName);
  return link?.service ?? codeInPrincipal(serviceName);
}

function coverageAbout(snapshot: Snapshot, accountId: string): AnswerCoverage {
  return coverageOf(snapshot, {
    accountIds: new Set(accountId === CATALOG_ACCOUNT ? [] : [accountId]),
    services: new Set(["sts"]),
    policies: snapshot.actionIndex.candidates(ASSUME_ROLE),
  });
}
