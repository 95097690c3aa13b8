import { Args, ArgsType, Ctx, Field, Query, Resolver } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { refusal } from "../../graphql/errors.js";
import { findPrincipal } from "../../graphql/find-principal.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { cursorOf, paginate } from "../../graphql/paging.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import type { RequestContext } from "../../graphql/request-context.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { takenValue } from "../../graphql/taken-value.js";
import { compareBytes } from "../../inventory/byte-order.js";
import type { AccessLevel, Action } from "../../inventory/catalog.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Taken } from "../access/access-question.js";
import { pairOf, rememberSearch } from "../access/remember-search.js";
import { PermissionFilters } from "../permissions/permission-filters.input.js";
import type { ChangeKind, Pair } from "./access-change.js";
import {
  AccessChangeConnection,
  type AccessChangePage,
  AccessChangeType,
  ChangeKindEnum,
} from "./access-change.type.js";
import { AccessScopeInput } from "./access-scope.input.js";
import { allChanges } from "./all-changes.js";
import { compareCoverage } from "./compare-coverage.js";
import type { Differences } from "./differences.js";
import { pairOfTwo, pairsToCompare } from "./pairs-to-compare.js";

const recall = rememberSearch<object, Taken<Differences>>((answer) =>
  "value" in answer ? answer.value.rows.length : 0,
);

@ArgsType()
class CompareArgs extends ForwardArgs {
  @Field(() => AccessScopeInput, { description: "What is compared with: the state before, or one principal." })
  readonly base: AccessScopeInput;

  @Field(() => AccessScopeInput, { description: "What is compared: the state after, or another principal." })
  readonly head: AccessScopeInput;

  @Field(() => PermissionFilters, {
    nullable: true,
    description: "Narrows the actions; `verdicts` keeps rows where one of the two decisions is among them.",
  })
  readonly filterBy?: PermissionFilters | null;

  @Field(() => [ChangeKindEnum], { nullable: true, description: "Only differences of these kinds; left out, all." })
  readonly kinds?: readonly ChangeKind[] | null;
}

@Resolver()
export class CompareResolver {
  @Query(() => AccessChangeConnection, {
    description:
      "What differs in access between two states, or between two principals: a row for each principal, action of the catalog and resource pattern, in that order. Only users and roles are compared, by what they may do themselves.",
  })
  async compare(
    @Ctx() context: RequestContext,
    @Args() args: CompareArgs,
    @List() list: ListRequest,
  ): Promise<AccessChangePage> {
    const [baseRevision, headRevision] = cursorOf("after", args, list)?.revision.split("-") ?? [];
    const base = await pinnedSnapshot(context, pinned(args.base.at, baseRevision), undefined, "base.at");
    const head = await pinnedSnapshot(context, pinned(args.head.at, headRevision), undefined, "head.at");
    const isOfOne = asksForOne(args);
    const asking = isOfOne ? askedPair(base, head, args) : pairsToCompare(base, head);
    const pairs = await driveInTurns(context, asking);
    const services = args.filterBy?.services ? new Set(args.filterBy.services.map(asciiLower)) : undefined;
    const actions = actionsOf(base, head, services, args.filterBy?.accessLevels);
    const wanted = { kinds: args.kinds ?? undefined, verdicts: args.filterBy?.verdicts ?? undefined };
    const { rows, gaps } = takenValue(
      await driveInTurns(
        context,
        recall(pairOf(base, head), keyOf(args), () => allChanges(pairs, actions, wanted)),
      ),
    );
    const page = paginate({
      list,
      page: args,
      revision: `${base.revision}-${head.revision}`,
      items: rows,
      toNode: (change) => new AccessChangeType(change),
    });
    const scope = { pairs, isOfOne, ...(services && { services }) };
    const unseen = await driveInTurns(context, compareCoverage(base, head, scope));
    return Object.assign(page, { coverage: new CoverageType([...unseen, ...gaps]) });
  }
}

/** All that a comparison of two states depends on. */
function keyOf({ base, head, filterBy, kinds }: CompareArgs): string {
  const { services, accessLevels, verdicts } = filterBy ?? {};
  return JSON.stringify([base.principal, head.principal, services, accessLevels, verdicts, kinds]);
}

/** The second page is about the states that the first was about. */
function pinned(at: SnapshotInput | null | undefined, revision: string | undefined): SnapshotInput | null | undefined {
  const isPinned = typeof at?.revision === "string" || typeof at?.asOf === "string";
  return revision === undefined || isPinned ? at : { revision, ...(at?.changes ? { changes: at.changes } : {}) };
}

const asksForOne = ({ base, head }: CompareArgs): boolean =>
  typeof base.principal === "string" || typeof head.principal === "string";

/** The one pair that is asked about, if anything may differ for it. */
function* askedPair(
  base: Snapshot,
  head: Snapshot,
  args: CompareArgs,
): Generator<undefined, readonly Pair[], undefined> {
  const [before, after] = [args.base.principal, args.head.principal];
  const mine = typeof before === "string" ? findPrincipal(base, before) : undefined;
  const theirs = typeof after === "string" ? findPrincipal(head, after) : undefined;
  if (typeof before === "string" && typeof after === "string") {
    if (mine === undefined) throw unknownPrincipal("base.principal", before);
    if (theirs === undefined) throw unknownPrincipal("head.principal", after);
    return mine.key === theirs.key
      ? yield* pairsToCompare(base, head, mine.key)
      : [pairOfTwo(base, head, mine, theirs)];
  }
  const [place, text] = typeof before === "string" ? ["base.principal", before] : ["head.principal", after ?? ""];
  const found = mine ?? theirs ?? findPrincipal(base, text) ?? findPrincipal(head, text);
  if (found === undefined) throw unknownPrincipal(place, text);
  return yield* pairsToCompare(base, head, found.key);
}

function unknownPrincipal(place: string, text: string) {
  return refusal(place, `no user or role \`${text.slice(0, 256)}\` is known in that state`);
}

/** The actions of both catalogs that are wanted, by name. */
function actionsOf(
  base: Snapshot,
  head: Snapshot,
  services: ReadonlySet<string> | undefined,
  levels: readonly AccessLevel[] | null | undefined,
): readonly Action[] {
  const all = new Map([...base.catalog.actions, ...head.catalog.actions]);
  return [...all.values()]
    .filter(({ service }) => services?.has(service) ?? true)
    .filter(({ accessLevels }) => !levels || accessLevels.some((level) => levels.includes(level)))
    .sort((a, b) => compareBytes(a.name, b.name));
}
