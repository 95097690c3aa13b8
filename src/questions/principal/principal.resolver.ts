import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { partsOf } from "../../grants/parts-of.js";
import { AccountType } from "../../graphql/account.type.js";
import { attachmentPage } from "../../graphql/attachment-page.js";
import type { Connection } from "../../graphql/connection.js";
import { FindingConnection, FindingType } from "../../graphql/finding.type.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { SeverityEnum } from "../../graphql/meta-enums.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { PolicyAttachmentConnection, type PolicyAttachmentType } from "../../graphql/policy-attachment.type.js";
import { PrincipalType } from "../../graphql/principal.type.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { driveInTurns, type OrLater } from "../../graphql/take-turn.js";
import type { Severity } from "../../policy/finding.js";
import { findingsOfPrincipal } from "../lint/findings-of-principal.js";

/** What users and roles have in common. */
@Resolver(() => PrincipalType)
export class PrincipalResolver {
  @FieldResolver(() => AccountType, { description: "Account that it belongs to." })
  account(@Root() { snapshot, accountId }: PrincipalType): AccountType {
    return new AccountType(snapshot, accountId);
  }

  @FieldResolver(() => PolicyAttachmentConnection, {
    description: "Policies attached to it directly; those that a user has from groups stand at the groups.",
  })
  attachments(
    @Ctx() context: RequestContext,
    @Root() { snapshot, key }: PrincipalType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): OrLater<Connection<PolicyAttachmentType>> {
    return attachmentPage({ context, snapshot, page, list }, () => partsOf(snapshot.attachmentsOfPrincipal, key));
  }

  @FieldResolver(() => FindingConnection, {
    description:
      "What was found wrong or noteworthy about it: how it is set up, its trust policy, and the documents of all policies that reach it.",
  })
  async findings(
    @Ctx() context: RequestContext,
    @Root() { snapshot, key }: PrincipalType,
    @Arg("severities", () => [SeverityEnum], { nullable: true, description: "Only findings of these severities." })
    severities: readonly Severity[] | null | undefined,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): Promise<Connection<FindingType>> {
    const principal = snapshot.principalByKey.get(key);
    const findings =
      principal === undefined ? [] : await driveInTurns(context, findingsOfPrincipal(snapshot, principal));
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items: findings.filter(({ finding }) => severities?.includes(finding.severity) ?? true),
      toNode: ({ finding, subject }) => new FindingType(snapshot, finding, subject),
    });
  }
}
