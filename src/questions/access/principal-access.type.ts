import { createUnionType, Field, ID, ObjectType } from "type-graphql";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Parts } from "../../grants/derived-map.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { type Connection, connectionType, type Edge, edgeType } from "../../graphql/connection.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { ExternalPrincipalType, isExternal, ServicePrincipalType } from "../../graphql/outsider.type.js";
import type { Page } from "../../graphql/page.js";
import type { PageInfo } from "../../graphql/page-info.type.js";
import { type Listing, paginate } from "../../graphql/paging.js";
import { principalNode } from "../../graphql/principal-node.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { RoleType } from "../../graphql/role.type.js";
import { driveInTurns, type OrLater } from "../../graphql/take-turn.js";
import { UserType } from "../../graphql/user.type.js";
import type { AssumePath } from "../assume/trails.js";
import type { AnswerCoverage } from "./coverage.js";
import type { Decision } from "./decision.js";
import { DecisionType } from "./decision.type.js";

export const PrincipalNode = createUnionType({
  name: "PrincipalNode",
  description: "Someone who can act: a role, a user, a cloud service, or somebody outside whom a policy names.",
  types: () => [RoleType, UserType, ServicePrincipalType, ExternalPrincipalType] as const,
});

@ObjectType("PrincipalAccessEdge", { simpleResolvers: true, description: "A principal and the decision about them." })
export class PrincipalAccessEdge extends edgeType("PrincipalAccess", () => PrincipalNode) {
  @Field(() => DecisionType, { description: "The decision about this principal." })
  readonly decision: DecisionType;

  /** The hops that lead there; absent for one who is there. */
  readonly path?: AssumePath | undefined;
}

@ObjectType("PrincipalAccessConnection", {
  simpleResolvers: true,
  description: "A page of principals, with what the answer could not see.",
})
export class PrincipalAccessConnection extends connectionType("PrincipalAccess", () => PrincipalNode, {
  edge: PrincipalAccessEdge,
}) {
  @Field(() => CoverageType, { description: "What was not seen and could have changed the answer." })
  readonly coverage: CoverageType;

  @Field(() => ID, { description: "The revision that the answer holds for." })
  readonly revision: string;
}

export type AnyPrincipal = RoleType | UserType | ServicePrincipalType | ExternalPrincipalType;

/** What the resolvers fill the connection with. */
export interface PrincipalAccessPage extends Connection<AnyPrincipal> {
  readonly coverage: CoverageType;
  readonly revision: string;
}

/** A principal that an answer lists, with the way that leads there if there is one. */
interface AccessRow {
  readonly decision: Decision;
  /** Whom the decision is about, where that is known before it is explained. */
  readonly principal?: CompiledPrincipal;
  readonly path?: AssumePath;
  /** Works out in steps what would take long to be read; absent where nothing does. */
  readonly workOut?: () => Steps<void>;
}

/** Cuts a page of an answer. */
export function accessPage(
  context: RequestContext,
  snapshot: Snapshot,
  answer: { readonly rows: Parts<readonly AccessRow[]>; readonly coverage: AnswerCoverage },
  cut: Pick<Listing<AccessRow, AccessRow>, "list" | "page" | "maxPageSize">,
): OrLater<PrincipalAccessPage> {
  const { revision } = snapshot;
  const page = paginate({ ...cut, revision, items: answer.rows, toNode: (row) => row });
  return pageOfAccess(context, page, (row) => rowNode(snapshot, row), answer, revision);
}

/** An answer, whose coverage may be worked out when it is read. */
type Covered = { readonly coverage: AnswerCoverage };

/** A page of rows, each of which is shown as a principal; later, where some of them take long to be read. */
export function pageOfAccess<Row extends AccessRow>(
  context: RequestContext,
  page: Page<Row>,
  toNode: (row: Row) => AnyPrincipal,
  answer: Covered,
  revision: string,
): OrLater<PrincipalAccessPage> {
  const made = new AccessPage(page, toNode, answer, revision);
  const isLate = page.nodes.some(({ workOut }) => workOut !== undefined);
  return isLate ? driveInTurns(context, onceWorkedOut(page.nodes, made)) : made;
}

function* onceWorkedOut<Made>(rows: readonly AccessRow[], made: Made): Steps<Made> {
  for (const row of rows) yield* row.workOut?.() ?? [];
  return made;
}

/** Made of rows as far as it is read. */
class AccessPage<Row extends AccessRow> implements PrincipalAccessPage {
  constructor(
    private readonly page: Page<Row>,
    private readonly toNode: (row: Row) => AnyPrincipal,
    private readonly answer: Covered,
    readonly revision: string,
  ) {}

  get edges(): readonly AccessEdge<Row>[] {
    const { page, toNode } = this;
    return page.nodes.map((row, offset) => new AccessEdge(page, toNode, row, offset));
  }

  get nodes(): readonly AnyPrincipal[] {
    return this.page.nodes.map((row) => this.toNode(row));
  }

  get pageInfo(): PageInfo {
    return this.page.pageInfo;
  }

  get totalCount(): number {
    return this.page.totalCount;
  }

  get coverage(): CoverageType {
    return new CoverageType(this.answer.coverage.gaps);
  }
}

class AccessEdge<Row extends AccessRow> implements Edge<AnyPrincipal> {
  readonly decision: DecisionType;
  readonly path: AssumePath | undefined;

  constructor(
    private readonly page: Page<Row>,
    private readonly toNode: (row: Row) => AnyPrincipal,
    private readonly row: Row,
    private readonly offset: number,
  ) {
    this.decision = new DecisionType(row.decision);
    this.path = row.path;
  }

  get node(): AnyPrincipal {
    return this.toNode(this.row);
  }

  get cursor(): string {
    return this.page.cursorOf(this.offset);
  }
}

function rowNode(snapshot: Snapshot, { principal, decision }: AccessRow): AnyPrincipal {
  return principal === undefined ? askerNode(snapshot, decision) : principalNode(snapshot, principal);
}

/** Whom a decision is about. */
export function askerNode(snapshot: Snapshot, { asker }: Decision): AnyPrincipal {
  if (asker?.principal !== undefined) return principalNode(snapshot, asker.principal);
  const caller = asker?.caller ?? { kind: "ANYONE" };
  return isExternal(caller) ? new ExternalPrincipalType(snapshot, caller) : new ServicePrincipalType(snapshot, caller);
}
