import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { At } from "../../graphql/at-argument.js";
import type { Connection } from "../../graphql/connection.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { FindingConnection, FindingType } from "../../graphql/finding.type.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { loadNode } from "../../graphql/load-node.js";
import { SeverityEnum } from "../../graphql/meta-enums.js";
import { NodeType } from "../../graphql/node.type.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import type { RequestContext } from "../../graphql/request-context.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { SnapshotType } from "../../graphql/snapshot.type.js";
import { SourceConnection, SourceType } from "../../graphql/source.type.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { ViewerType } from "../../graphql/viewer.type.js";
import type { Severity } from "../../policy/finding.js";
import { lintSubjects } from "../lint/stored-documents.js";
import { findGaps } from "./find-gaps.js";

@Resolver(() => SnapshotType)
export class SnapshotResolver {
  @Query(() => SnapshotType, { description: "The state of the world that questions are answered from." })
  async snapshot(@Ctx() context: RequestContext, @At() at: SnapshotInput | null | undefined): Promise<SnapshotType> {
    return new SnapshotType(await pinnedSnapshot(context, at));
  }

  @Query(() => ViewerType, { description: "Who is asking, and what they may see." })
  viewer(@Ctx() { viewer }: RequestContext): ViewerType {
    return new ViewerType(viewer);
  }

  @FieldResolver(() => CoverageType, { description: "What was not seen, so how far answers can be trusted." })
  async coverage(@Root() state: SnapshotType): Promise<CoverageType> {
    return new CoverageType(findGaps(await state.load()));
  }

  @FieldResolver(() => SourceConnection, { description: "Pages and exports that its facts come from." })
  async sources(
    @Ctx() { history }: RequestContext,
    @Root() { snapshot, past, revision }: SnapshotType,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): Promise<Connection<SourceType>> {
    return paginate({
      page,
      list,
      revision,
      items: past === undefined ? [...snapshot.sources.values()] : await history.sources(revision),
      toNode: (row) => new SourceType(snapshot, row),
    });
  }

  @FieldResolver(() => FindingConnection, {
    description:
      "What was found wrong or noteworthy in the documents that `at.changes` puts, in their order. Empty for a stored state, where it stands with each policy and role.",
  })
  async findings(
    @Ctx() context: RequestContext,
    @Root() { snapshot, past }: SnapshotType,
    @Arg("severities", () => [SeverityEnum], { nullable: true, description: "Only findings of these severities." })
    severities: readonly Severity[] | null | undefined,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
  ): Promise<Connection<FindingType>> {
    const subjects = [...(past === undefined ? (snapshot.hypothesis?.documents.keys() ?? []) : [])];
    const findings = await driveInTurns(context, lintSubjects(snapshot, subjects));
    return paginate({
      page,
      list,
      revision: snapshot.revision,
      items: findings.filter(({ finding }) => severities?.includes(finding.severity) ?? true),
      toNode: ({ finding, subject }) => new FindingType(snapshot, finding, subject),
    });
  }
}

@Resolver(() => FindingType)
export class FindingResolver {
  @FieldResolver(() => NodeType, {
    nullable: true,
    description: "What it is about; null when it is about a whole source.",
  })
  subject(@Root() { snapshot, subjectKey }: FindingType): NodeType | undefined {
    return subjectKey === undefined ? undefined : loadNode(snapshot, subjectKey);
  }
}
