import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import { type Context, OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import type { Decision } from "../access/decision.js";
import { type AssumeEdge, edgesFrom, edgesInto, groupOf, isAtLeast } from "./assume-edges.js";
import type { HopperGroup } from "./hoppers.js";
import { type Hops, startHops, verdictOfGroup } from "./hops.js";
import type { TrustingRole } from "./trusting-roles.js";

/** The hops by which a principal gets somewhere, first to last. */
export type AssumePath = readonly AssumeEdge[];

/** Somebody who gets to a role, and how. */
export interface Reached {
  readonly principal: CompiledPrincipal;
  readonly path: AssumePath;
  /** Equal for those whose paths must come out alike; absent for one that is like no other. */
  readonly likeness?: string | undefined;
}

/**
 * Who gets to one of these roles by assuming roles, each by a shortest of their best paths: paths of certain hops go before
 * conditional ones, and these before ones that hang on unknown facts. Cycles end where they would come back. Yields now and then.
 *
 * @param targets roles and the decision that makes each worth reaching
 */
export function* reachInto(
  snapshot: Snapshot,
  targets: ReadonlyMap<Key, Decision>,
  context: Context = OPEN_CONTEXT,
): Generator<undefined, readonly Reached[], undefined> {
  const hops = yield* startHops(snapshot, context);
  const best = new Map<Key, Reached>();
  for (const tier of TIERS) {
    const starts = [...targets].filter(([, { verdict }]) => isAtLeast(verdict, tier)).map(([key]) => key);
    const found = yield* walk(starts, backward(hops, tier), ({ from }) => from.key, before);
    yield undefined;
    for (const [key, reached] of found) {
      if (!best.has(key)) best.set(key, { ...reached, likeness: likenessOf(hops, reached) });
    }
  }
  return [...best.values()];
}

/** Those of a group are told apart by the first hop at most, where the role's trust is personal. */
function likenessOf(hops: Hops, { principal, path }: Reached): string | undefined {
  const [first] = path;
  const group = groupOf(hops, principal);
  if (group === undefined || first === undefined || hops.roles.get(first.to)?.isPersonal !== false) return undefined;
  return [group.first.key, ...path.map(({ to }) => to)].join(" ");
}

/** Roles that a principal gets to by assuming roles, each by a shortest of its best paths. Yields now and then. */
export function* reachFrom(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
): Generator<undefined, ReadonlyMap<Key, AssumePath>, undefined> {
  const hops = yield* startHops(snapshot);
  const best = new Map<Key, AssumePath>();
  for (const tier of TIERS) {
    const found = yield* walk([principal.key], forward(hops, tier), ({ to }) => to, behind);
    yield undefined;
    for (const [key, { path }] of found) if (!best.has(key)) best.set(key, path);
  }
  return best;
}

const TIERS: readonly Verdict[] = ["ALLOWED", "CONDITIONAL", "UNDETERMINED"];

/** The hops from or to somebody that lead to somebody new; may give some of those that lead back. */
type EdgesOf = (key: Key, seen: ReadonlySet<Key>) => Generator<undefined, readonly AssumeEdge[], undefined>;

const before = (path: AssumePath, edge: AssumeEdge): AssumePath => [edge, ...path];
const behind = (path: AssumePath, edge: AssumeEdge): AssumePath => [...path, edge];

/**
 * Hops into roles. Whoever is alike is let in together, so once all of a group were found it is not asked about again; nor are
 * those whom nothing but the role's kind could let in, at another role of that kind.
 */
function backward(hops: Hops, tier: Verdict): EdgesOf {
  let groups = hops.hoppers.groups;
  const asked = new Set<number>();
  const { principals } = hops.snapshot;
  return function* (key, seen) {
    const to = hops.roles.get(key);
    if (to === undefined) return [];
    const own = to.isPersonal ? [] : asked.has(to.kind) ? groups.filter(tellsRoles) : groups;
    const isSeen = (place: number) => seen.has(principals[place]?.key ?? "");
    const edges = yield* edgesInto(hops, to, own, { tier, isSeen });
    if (to.isPersonal) return edges;
    asked.add(to.kind);
    if (edges.length > 0) groups = groups.filter((group) => !isLetIn(hops, group, to, tier));
    return edges;
  };
}

function tellsRoles({ patterns, isByRole }: HopperGroup): boolean {
  return patterns.length > 0 || isByRole;
}

function isLetIn(hops: Hops, group: HopperGroup, to: TrustingRole, tier: Verdict): boolean {
  return isAtLeast(verdictOfGroup(hops, group, to), tier);
}

/** Hops from somebody: one of each group finds all roles that do not tell them apart. */
function forward(hops: Hops, tier: Verdict): EdgesOf {
  const asked = new Set<HopperGroup>();
  return function* (key, seen) {
    const from = hops.snapshot.principalByKey.get(key);
    const group = from && groupOf(hops, from);
    if (from === undefined || group === undefined) return [];
    const isAlone = asked.has(group);
    asked.add(group);
    return yield* edgesFrom(hops, from, isAlone, { tier, isSeen: (role) => seen.has(role) });
  };
}

/** How many hops are followed before others get their turn. */
const STEP = 1_000;
/** How many are asked whose hops are mostly known. */
const FEW = 100;

/** Breadth first, so that the first path found to anybody is a shortest. */
function* walk(
  starts: readonly Key[],
  edgesOf: EdgesOf,
  next: (edge: AssumeEdge) => Key,
  join: (path: AssumePath, edge: AssumeEdge) => AssumePath,
): Generator<undefined, ReadonlyMap<Key, Reached>, undefined> {
  const reached = new Map<Key, Reached>();
  const seen = new Set(starts);
  let front = starts.map((key): { readonly key: Key; readonly path: AssumePath } => ({ key, path: [] }));
  while (front.length > 0) {
    const following: typeof front = [];
    for (const [turn, { key, path }] of front.entries()) {
      if (turn % FEW === 0) yield undefined;
      for (const [at, edge] of (yield* edgesOf(key, seen)).entries()) {
        if (at % STEP === STEP - 1) yield undefined;
        const other = next(edge);
        if (seen.has(other)) continue;
        seen.add(other);
        const longer = join(path, edge);
        reached.set(other, { principal: edge.from, path: longer });
        following.push({ key: other, path: longer });
      }
    }
    front = following;
  }
  return reached;
}
