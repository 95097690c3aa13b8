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
import { PolicyType } from "../../graphql/policy.type.js";
import { PolicyAttachmentConnection, type PolicyAttachmentType } from "../../graphql/policy-attachment.type.js";
import { PolicyVersionConnection, PolicyVersionType, versionsOf } from "../../graphql/policy-version.type.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { SourceType, sourceOf } from "../../graphql/source.type.js";
import { driveInTurns, type OrLater, workInTurn } from "../../graphql/take-turn.js";
import type { Severity } from "../../policy/finding.js";
import { findingsOfPolicy } from "./findings-of-policy.js";

@Resolver(() => PolicyType)
export class PolicyFieldsResolver {
  @FieldResolver(() => AccountType, { nullable: true, description: "Account that keeps it; null for the cloud's own." })
  account(@Root() { snapshot, compiled }: PolicyType): AccountType | undefined {
    const { accountId } = compiled.policy;
    return accountId === undefined ? undefined : new AccountType(snapshot, accountId);
  }

  @FieldResolver(() => PolicyVersionType, {
    nullable: true,
    description: "Version in force; null when only the policy's name is known.",
  })
  defaultVersion(@Root() { snapshot, compiled }: PolicyType): PolicyVersionType | undefined {
    return versionsOf(snapshot, compiled).find(({ isDefault }) => isDefault);
  }

  @FieldResolver(() => PolicyVersionConnection, { description: "Versions whose documents are known." })
  versions(
    @Ctx() context: RequestContext,
    @Root() { snapshot, compiled }: PolicyType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): OrLater<Connection<PolicyVersionType>> {
    return workInTurn(context, () => {
      const items = versionsOf(snapshot, compiled);
      return paginate({ page, list, revision: snapshot.revision, items, toNode: (version) => version });
    });
  }

  @FieldResolver(() => PolicyAttachmentConnection, { description: "Users, groups and roles that carry it." })
  attachments(
    @Ctx() context: RequestContext,
    @Root() { snapshot, key }: PolicyType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): OrLater<Connection<PolicyAttachmentType>> {
    return attachmentPage({ context, snapshot, page, list }, () => partsOf(snapshot.attachmentsOfPolicy, key));
  }

  @FieldResolver(() => FindingConnection, { description: "What was found wrong or noteworthy about it." })
  async findings(
    @Ctx() context: RequestContext,
    @Root() { snapshot, compiled, key }: PolicyType,
    @Arg("severities", () => [SeverityEnum], { nullable: true, description: "Only findings of these severities." })
    severities: readonly Severity[] | null | undefined,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): Promise<Connection<FindingType>> {
    const findings = await driveInTurns(context, findingsOfPolicy(snapshot, compiled));
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items: findings.filter(({ severity }) => severities?.includes(severity) ?? true),
      toNode: (finding) => new FindingType(snapshot, finding, key),
    });
  }

  @FieldResolver(() => SourceType, { description: "Page or export that states the policy." })
  source(@Root() { snapshot, compiled }: PolicyType): SourceType {
    return sourceOf(snapshot, compiled.policy.sourceKey, `policy \`${compiled.policy.name}\``);
  }
}
